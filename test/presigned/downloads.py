"""What a download is called and taken for: response-content-..., put into the URL."""

import email
import email.utils

from named import Named

# asked for, and what is left where a name may not break out of its header, its directory or its
# direction of writing
NAMES = (
    ("report.pdf", "report.pdf"),
    ("two words.txt", "two words.txt"),
    ("Größe 日本 😀.pdf", "Größe 日本 😀.pdf"),
    ("50% off & more; a=b, c.txt", "50% off & more; a=b, c.txt"),
    ("\"quoted\".txt", "\"quoted\".txt"),
    ("single'quote''.txt", "single'quote''.txt"),
    ("a\";filename=\"evil.exe", "a\";filename=\"evil.exe"),
    ("a; filename*=UTF-8''evil.exe", "a; filename*=UTF-8''evil.exe"),
    ("%22evil.exe", "%22evil.exe"),
    ("../../etc/passwd", ".._.._etc_passwd"),
    ("C:\\evil.exe", "C:_evil.exe"),
    ("line\r\nSet-Cookie: a=b", "line__Set-Cookie: a=b"),
    ("\u202egpj.exe", "_gpj.exe"),
)


def saved_as(header):
    """Python's reading of Content-Disposition. The last name is what browsers take (RFC 6266)."""
    message = email.message_from_string("Content-Disposition: %s\n\n" % header)
    parameters = message.get_params([], "content-disposition")
    names = [email.utils.collapse_rfc2231_value(value) for name, value in parameters[1:]
             if name == "filename"]
    only = message.get_content_disposition() == "attachment" and len(names) == len(parameters) - 1
    return names[-1] if only and names and names[0].isascii() else None


def run(server, tap):
    named = Named(server, "downloads")
    server.put("download", b"<p>")
    for asked, wanted in NAMES:
        said = named.ask("get", "download", download_as=asked)
        saved = saved_as(said.headers.get("content-disposition", ""))
        tap.check(said.status == 200 and said.body == b"<p>" and saved == wanted,
                  "GET of a download as %s" % ascii(asked), "%s, saved as %s" % (
                      said, ascii(saved)))

    wanted = {"response-content-type": "text/html; charset=utf-8",
              "response-content-language": "de", "response-content-encoding": "identity",
              "response-cache-control": "private, max-age=60",
              "response-expires": "Thu, 01 Dec 2033 16:00:00 GMT"}
    for name, value in wanted.items():
        said = named.ask("get", "download", query={name: value})
        got = said.headers.get(name.removeprefix("response-"))
        tap.check(said.status == 200 and got == value, "GET with " + name, "%s, %s" % (said, got))
