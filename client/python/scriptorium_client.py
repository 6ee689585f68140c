#!/usr/bin/env python3
"""Talks to a Scriptorium server from Python, with no generated code: the server describes itself.

Needs grpcio and protobuf only (on Debian: python3-grpcio). As a program:

    SCRIPTORIUM_KEY=... client/python/scriptorium_client.py 127.0.0.1:7440 list
    ... upload BOOK
    ... read books/ID [CHAPTER]
    ... call scriptorium.v1.Catalog/GetBook '{"name": "books/ID"}'
"""

import base64
import json
import os
import sys
import time
import uuid

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, json_format

try:
    from google.protobuf.message_factory import GetMessageClass
except ImportError:  # protobuf before 4.22
    from google.protobuf.message_factory import MessageFactory

    def GetMessageClass(descriptor):
        return MessageFactory().GetPrototype(descriptor)


CHUNK = 256 * 1024
CALL_SECONDS = 30
GO_ON = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.ABORTED)


def _reflection_pool():
    """The messages of gRPC's reflection service, as far as they are needed here."""
    file = descriptor_pb2.FileDescriptorProto(
        name="reflection_subset.proto", package="grpc.reflection.v1", syntax="proto3")
    field = descriptor_pb2.FieldDescriptorProto

    def message(name, *fields):
        added = file.message_type.add(name=name)
        for number, field_name, kind, label, type_name in fields:
            added.field.add(
                name=field_name, number=number, type=kind, label=label, type_name=type_name)

    one, many = field.LABEL_OPTIONAL, field.LABEL_REPEATED
    package = ".grpc.reflection.v1."
    message("ServerReflectionRequest",
            (3, "file_by_filename", field.TYPE_STRING, one, None),
            (4, "file_containing_symbol", field.TYPE_STRING, one, None),
            (7, "list_services", field.TYPE_STRING, one, None))
    message("FileDescriptorResponse", (1, "file_descriptor_proto", field.TYPE_BYTES, many, None))
    message("ServiceResponse", (1, "name", field.TYPE_STRING, one, None))
    message("ListServiceResponse",
            (1, "service", field.TYPE_MESSAGE, many, package + "ServiceResponse"))
    message("ErrorResponse",
            (1, "error_code", field.TYPE_INT32, one, None),
            (2, "error_message", field.TYPE_STRING, one, None))
    message("ServerReflectionResponse",
            (4, "file_descriptor_response", field.TYPE_MESSAGE, one,
             package + "FileDescriptorResponse"),
            (6, "list_services_response", field.TYPE_MESSAGE, one,
             package + "ListServiceResponse"),
            (7, "error_response", field.TYPE_MESSAGE, one, package + "ErrorResponse"))
    # The fields are one in the real file: an empty string asks for nothing, so that it can say which.
    request = file.message_type[0]
    request.oneof_decl.add(name="message_request")
    for each in request.field:
        each.oneof_index = 0
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return pool


class Client:
    """One connection. Methods are called by their full names with plain dictionaries."""

    def __init__(self, address, key, credentials=None):
        self._channel = (grpc.secure_channel(address, credentials) if credentials
                         else grpc.insecure_channel(address))
        self._metadata = (("authorization", "Bearer " + key),) if key else ()
        self._pool = descriptor_pool.DescriptorPool()
        self._known = set()
        reflection = _reflection_pool()
        self._request = GetMessageClass(
            reflection.FindMessageTypeByName("grpc.reflection.v1.ServerReflectionRequest"))
        self._response = GetMessageClass(
            reflection.FindMessageTypeByName("grpc.reflection.v1.ServerReflectionResponse"))

    def close(self):
        self._channel.close()

    def services(self):
        """Full names of the services that the server has."""
        answer = self._ask(list_services="")
        return sorted(service.name for service in answer.list_services_response.service)

    def call(self, method, request=None):
        """A method with one request and one answer, both dictionaries with snake_case names."""
        described = self._method(method)
        stub = self._channel.unary_unary("/" + method, *self._codecs(described))
        return self._read(stub(self._write(described, request or {}),
                               metadata=self._metadata, timeout=CALL_SECONDS))

    def stream(self, method, request=None):
        """A method whose answer is a stream."""
        described = self._method(method)
        stub = self._channel.unary_stream("/" + method, *self._codecs(described))
        for answer in stub(self._write(described, request or {}), metadata=self._metadata):
            yield self._read(answer)

    def send(self, method, requests):
        """A method that takes a stream of requests; messages, not dictionaries, for the bytes."""
        described = self._method(method)
        stub = self._channel.stream_unary("/" + method, *self._codecs(described))
        return self._read(stub(requests(GetMessageClass(described.input_type)),
                               metadata=self._metadata, timeout=CALL_SECONDS))

    def books(self):
        """All books, page by page."""
        token = ""
        while True:
            page = self.call("scriptorium.v1.Catalog/ListBooks", {"page_token": token})
            yield from page.get("books", [])
            token = page.get("next_page_token", "")
            if not token:
                return

    def upload(self, path):
        """Uploads a file; the book."""
        def parts(message):
            yield message(header={"file_name": os.path.basename(path)})
            with open(path, "rb") as file:
                while chunk := file.read(CHUNK):
                    yield message(chunk=chunk)
        return self.send("scriptorium.v1.Catalog/UploadBook", parts)["book"]

    def upload_in_chunks(self, path, patience=30):
        """Uploads a file in calls of one chunk each, and goes on after a cut; the book."""
        service = "scriptorium.v1.Uploads/"
        upload = self.call(service + "StartUpload", {
            "file_name": os.path.basename(path), "size_bytes": os.path.getsize(path),
            "request_id": str(uuid.uuid4())})
        name = {"name": upload["name"]}
        with open(path, "rb") as file:
            while True:
                try:
                    # After a cut: what arrived is asked for before anything is sent again.
                    upload = upload or self.call(service + "GetUpload", name)
                    offset = int(upload.get("committed_offset", 0))
                    if offset == int(upload["size_bytes"]):
                        break
                    file.seek(offset)
                    chunk = base64.b64encode(file.read(CHUNK)).decode("ascii")
                    upload = self.call(service + "WriteChunk",
                                       {**name, "offset": offset, "chunk": chunk})
                except grpc.RpcError as error:
                    if error.code() not in GO_ON or patience <= 0:
                        raise
                    patience -= 1
                    upload = None
                    time.sleep(1)
        return self.call(service + "FinishUpload", name)["book"]

    def wait(self, book):
        """Follows an import until it has ended; the book as it is then."""
        last = {}
        for update in self.stream("scriptorium.v1.Catalog/WatchBook", {"name": book}):
            last = update["book"]
        return last

    def chapter(self, book, ordinal):
        """The text of a chapter."""
        name = "%s/chapters/%d" % (book, ordinal)
        return self.call("scriptorium.v1.Catalog/GetChapter", {"name": name})

    def _method(self, full_name):
        service, _, method = full_name.partition("/")
        if service not in self._known:
            self._learn(self._ask(file_containing_symbol=service))
            self._known.add(service)
        return self._pool.FindServiceByName(service).methods_by_name[method]

    def _ask(self, **question):
        stub = self._channel.stream_stream(
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self._response.FromString)
        answer = next(stub(iter([self._request(**question)]), timeout=CALL_SECONDS))
        if answer.HasField("error_response"):
            raise LookupError(answer.error_response.error_message)
        return answer

    # Files come with what they import, in no order that can be relied on.
    def _learn(self, answer):
        files = {}
        for data in answer.file_descriptor_response.file_descriptor_proto:
            file = descriptor_pb2.FileDescriptorProto.FromString(data)
            files[file.name] = file
        for name in list(files):
            self._add(name, files)

    def _add(self, name, files):
        try:
            self._pool.FindFileByName(name)
            return
        except KeyError:
            pass
        if name not in files:
            self._learn(self._ask(file_by_filename=name))
            return
        for imported in files[name].dependency:
            self._add(imported, files)
        self._pool.Add(files[name])

    @staticmethod
    def _codecs(method):
        output = GetMessageClass(method.output_type)
        return (lambda message: message.SerializeToString()), output.FromString

    @staticmethod
    def _write(method, request):
        return json_format.ParseDict(request, GetMessageClass(method.input_type)())

    def _read(self, message):
        return json_format.MessageToDict(
            message, preserving_proto_field_name=True, descriptor_pool=self._pool)


def main(arguments):
    if len(arguments) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    address, command, rest = arguments[0], arguments[1], arguments[2:]
    client = Client(address, os.environ.get("SCRIPTORIUM_KEY", ""))
    try:
        if command == "list" and not rest:
            for book in client.books():
                print(book["name"], book["title"], sep="\t")
        elif command == "upload" and len(rest) == 1:
            print(client.upload(rest[0])["name"])
        elif command == "read" and len(rest) in (1, 2):
            print(client.chapter(rest[0], int(rest[1]) if len(rest) == 2 else 1)["text"])
        elif command == "call" and len(rest) in (1, 2):
            print(json.dumps(client.call(rest[0], json.loads(rest[1]) if len(rest) == 2 else {})))
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except grpc.RpcError as error:
        print("%s: %s" % (error.code().name, error.details()), file=sys.stderr)
        return 1
    finally:
        client.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
