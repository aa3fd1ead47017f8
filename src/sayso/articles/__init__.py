"""The room where a page becomes a clean, dated Article: fetch, extract, dating, copies."""
