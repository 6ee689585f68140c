#!/usr/bin/env python3
"""Lists, uploads and reads through a running server; ends with 0 when all of it is right.

    client/python/check.py HOST:PORT KEY-FILE BOOK
"""

import sys

import grpc

from scriptorium_client import Client


def main(address, key_file, path):
    with open(key_file, encoding="ascii") as file:
        key = file.read().strip()
    client = Client(address, key)
    services = client.services()
    assert {"scriptorium.v1.Catalog", "scriptorium.v1.Identity"} <= set(services), services

    book = client.upload(path)
    again = client.upload(path)
    assert again["name"] == book["name"], "the same bytes are one book"
    assert client.upload_in_chunks(path)["name"] == book["name"], "however they come"
    ended = client.wait(book["name"])
    assert ended["state"] in ("STATE_READABLE", "STATE_ANALYZED"), ended
    assert book["name"] in [each["name"] for each in client.books()]

    read = client.chapter(book["name"], 1)
    assert len(read["text"]) == read["code_points"], "offsets count code points"

    client.call("scriptorium.v1.Reading/UpdateProgress",
                {"name": book["name"] + "/progress", "offset": 10, "device": "python"})
    progress = client.call("scriptorium.v1.Reading/GetProgress",
                           {"name": book["name"] + "/progress"})
    assert progress["position"]["offset"] == "10", progress
    refuses_strangers(address, book["name"])
    client.close()
    print("Python: %d services, %s read, %d code points of chapter 1"
          % (len(services), ended["title"], len(read["text"])))


def refuses_strangers(address, book):
    stranger = Client(address, "")
    try:
        stranger.call("scriptorium.v1.Catalog/GetBook", {"name": book})
    except grpc.RpcError as error:
        assert error.code() == grpc.StatusCode.UNAUTHENTICATED, error
    else:
        raise AssertionError("a stranger was let in")
    finally:
        stranger.close()


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
