"""Bodies that schemathesis cannot write by itself: plain text and bytes."""
import schemathesis


@schemathesis.serializer("application/x-ndjson", "application/zip")
def plain(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
