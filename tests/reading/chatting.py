"""A chat-completions server on loopback that says what a test wants, and the words to script it with."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sayso.reading.remote import Limits, RemoteReader

TEXT = (
    "Fenn to leave Harrowmere\n\n"
    "Dario Fenn will leave in May, a source told the Tidewater Post. “We tried,” he said on Friday, “and failed.”\n\n"
    "He said nothing of his plans, but the club denied that he had signed elsewhere."
)
QUICK = Limits(per_minute=100_000, attempts=4, first_wait=0.01, longest_wait=2.0, call_seconds=5.0, total_seconds=20.0)
KEY = "sk-very-secret-0123456789"


def quoted(words, paragraph=2, occurrence=1):
    return {"words": words, "paragraph": paragraph, "occurrence": occurrence}


def claim(source="a source", cue="told", *content, paragraph=2, kind="anonymous", certainty=3, **more):
    pieces = content or ("Dario Fenn will leave in May",)
    return {
        "source": quoted(source, paragraph) if source else quoted("", 0, 0),
        "cue": quoted(cue, paragraph),
        "content": [quoted(piece, paragraph) for piece in pieces],
        "kind": kind,
        "certainty": certainty,
    } | more


def completion(answer, *, usage=(100, 20), finish="stop", **message):
    words = answer if isinstance(answer, str) else json.dumps(answer)
    body = {"choices": [{"message": {"role": "assistant", "content": words} | message, "finish_reason": finish}]}
    return body | ({"usage": {"prompt_tokens": usage[0], "completion_tokens": usage[1]}} if usage else {})


def said(*claims, **more):
    return completion({"attributions": list(claims)}, **more)


def fault(status, message="", headers=None, **error):
    return status, {"error": {"message": message} | error}, headers or {}


class Model:
    """A chat-completions server with a script: what it says next, the last line again and again; calls are (path, headers, body)."""

    def __init__(self):
        self.script, self.calls, self.drip = [said()], [], 0.0
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.calls.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                line = model.script.pop(0) if len(model.script) > 1 else model.script[0]
                line = line(body) if callable(line) else line
                status, told, headers = line if isinstance(line, tuple) else (200, line, {})
                data = told if isinstance(told, bytes) else json.dumps(told).encode()
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(data))} | headers).items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for piece in [data[i : i + 1] for i in range(len(data))] if model.drip else [data]:
                        self.wfile.write(piece)
                        time.sleep(model.drip)
                except OSError:
                    self.close_connection = True

            def log_message(self, *_):
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads, block_on_close = True, False

        self.server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/v1"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def says(self, *script):
        self.script = list(script)
        return self

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def made(model, tmp_path, limits=QUICK, **more):
    return RemoteReader("small-1", base_url=model.url, cache=tmp_path / "answers", limits=limits, **more)


def words(text, found):
    return (
        tuple(text[slice(*s)] for s in found.source),
        text[slice(*found.cue)],
        tuple(text[slice(*c)] for c in found.content),
    )


def reasons(reading):
    return [one.reason for one in reading.refused]
