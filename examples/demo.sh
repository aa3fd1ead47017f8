#!/bin/sh
# What `make demo` shows once the reports are read: stories, copies, questions followed and settled, belief, and who was right.
set -e

say() { printf '\n\033[1m$ sayso %s\033[0m\n' "$*"; sayso "$@"; }

say stories
say copies
sayso follow "Carlo Venturi leaves Real Almenara" --window 2025-01-01..2025-08-31 > /dev/null
sayso follow "Carlo Venturi leaves Real Almenara" --window 2023-01-01..2023-08-31 > /dev/null
sayso follow "Xanti Olabarri becomes Real Almenara coach" --window 2025-01-01..2025-08-31 --among "next coach" > /dev/null
sayso follow "Martin Kessner becomes Real Almenara coach" --window 2025-01-01..2025-08-31 --among "next coach" > /dev/null
sayso follow "Carlo Venturi becomes Tavara coach" --window 2025-01-01..2025-08-31 > /dev/null
sayso follow "Ostrel Group buys Corvane Ferries" --window 2026-01-01..2026-12-31 > /dev/null
say question 1 --as-of 2025-05-20
sayso outcomes examples/outcomes.csv > /dev/null
say questions
say sources
