"""Where a published specification is narrower than the network it describes, each with the reason and its source.

The list is meant to stay short: whatever is not in here is a violation.
"""

from .meta import Beyond
from .openapi import Correction, Dialect

MASTODON = Dialect(
    # docs.joinmastodon.org/client/intro: "POST, PUT … form data or JSON"; the schema generator keeps JSON only.
    forms_as_json=True,
    # Rails strips it; Mastodon.py 2.3.3 asks for /api/v1/instance/ and /api/v2/instance/
    # (docs/networks.md#mastodon-the-library).
    trailing_slash=True,
    # The schema's TextStatus and MediaStatus both fit a status with text and pictures, which methods/statuses allows.
    overlapping_bodies=True,
    corrections=(
        # The schema's own MediaAttachment200Example has “size” (“640x480”); the generator reads the attributes only.
        Correction("#/components/schemas/MetaDetails/properties/size", {"type": "string"}),
        # The schema's Quote and ShallowQuote both fit a quotation, of which it says that one does.
        Correction("#/components/schemas/Status/properties/quote", {"type": ["object", "null"]}),
        # The generator takes the brackets of “media_attributes[]” for a part of its name, and its hashes for strings;
        # app/controllers/api/v1/statuses_controller.rb permits a list of id, description, focus and thumbnail.
        Correction(
            "#/paths/~1api~1v1~1statuses~1{id}/put/requestBody/content/application~1json/schema/properties"
            "/media_attributes",
            {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {"id": {"type": "string"}, "description": {"type": "string"}},
                },
            },
        ),
        # Mastodon.py 2.3.3 writes “0” in JSON as well; Rails takes it for false, as it does in a form.
        Correction("#/components/schemas/BaseStatus/properties/sensitive", {"type": ["boolean", "string"]}),
    ),
)

X = Dialect(
    corrections=(
        # Version 2.159 lists RFC 9457's about:blank (its GenericProblem), 2.167 lost it; X answers with it for 401 and
        # 403 (docs/networks.md#x-errors).
        Correction(
            "#/components/schemas/Problem/oneOf/-",
            {
                "type": "object",
                "required": ["title", "detail", "type"],
                "properties": {
                    "type": {"type": "string", "enum": ["about:blank"]},
                    "title": {"type": "string"},
                    "detail": {"type": "string"},
                    "status": {"type": "integer"},
                },
            },
        ),
        # 2.167 has post.fields; X's documentation pages of the same day and tweepy 4.17.0 still say tweet.fields. Which
        # one production demands is unverified (docs/networks.md#unverified).
        Correction(
            "#/paths/~12~1users~1{id}~1tweets/get/parameters/-",
            {
                "name": "tweet.fields",
                "in": "query",
                "explode": False,
                "schema": {"type": "array", "items": {"type": "string"}},
            },
        ),
    )
)

X_LEGACY = Dialect(
    corrections=(
        # X's page on creating a post, and version 2.167 under its new name, show the list of ids
        # (docs/networks.md#x-calls).
        Correction(
            "#/components/schemas/TweetCreateResponse/properties/data/properties/edit_history_tweet_ids",
            {"type": "array", "items": {"$ref": "#/components/schemas/TweetId"}},
        ),
        # Demands a “meta” that the same schema does not describe; 2.167 has dropped it.
        Correction("#/components/schemas/MediaUploadResponse/required", []),
    )
)

META = Beyond(
    parameters={
        # Graph API overview and "Paginated results": every read takes a field list, every list a cursor and time
        # limits; several nodes are read at once with `ids`.
        "GET": {
            "fields": "list<string>",
            "limit": "unsigned int",
            "after": "string",
            "before": "string",
            "since": "datetime",
            "until": "datetime",
            "ids": "list<string>",
            "access_token": "string",
        },
        # "Read after write": a POST takes `fields` too, and the token may travel in the body.
        "POST": {"fields": "list<string>", "access_token": "string"},
        # Page/photos documents the upload as multipart `source`; the SDK sends files beside the listed parameters.
        "POST Page/photos": {"source": "file"},
        # The file has it as a string; Meta's SDKs (VideoUploader, "transfer") and its old guide send it as a file.
        "POST Page/videos": {"video_file_chunk": "file"},
    },
    steps={
        # Video API, "Upload in phases" as Meta's SDKs read it: what start and transfer tell, and that finish succeeded.
        "POST Page/videos": {
            "upload_session_id": "string",
            "video_id": "string",
            "start_offset": "string",
            "end_offset": "string",
            "success": "bool",
        },
        # Reference page of Video/captions, "Return type".
        "POST AdVideo/captions": {"success": "bool"},
    },
    # Instagram, "Resumable uploads": another host, which is in none of the files.
    uploads=(
        "/ig-api-upload/",
        frozenset({"offset", "file_size"}),
        {"success": "bool", "message": "string", "debug_info": "Object"},
    ),
    fields={
        # Reference page of Page/photos, "Return type": id, post_id.
        "POST Page/photos": {"post_id": "string"},
        # Reference page of IG Media, "Deleting": success, deleted_id.
        "DELETE IGMedia/": {"deleted_id": "string"},
        # Instagram, "Resumable uploads": with upload_type=resumable, where the bytes go.
        "POST IGUser/media": {"uri": "string"},
    },
    results={
        # The SDK file says Page; the reference page of Page/feed says the new post's id, and "read after write" (Graph
        # API, "Update or Delete") returns fields of the object that was made.
        "POST Page/feed": "PagePost",
    },
)
