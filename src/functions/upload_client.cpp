#include "functions/upload_client.hpp"

#include <charconv>
#include <system_error>

#include "base/error.hpp"
#include "pg/jsonb.hpp"

namespace s3sign {
namespace {

using pg::json_kind;

[[noreturn, gnu::noinline]] void refuse_value(std::string_view name, const char* expected) {
    invalid(quoted(name) + " in request is not " + expected);
}

std::string_view read_text(std::string_view name, const pg::json_value& value) {
    if (value.kind != json_kind::string || value.in_array) refuse_value(name, "a string");
    return utf8("request", value.text);
}

std::int64_t read_integer(std::string_view name, const pg::json_value& value) {
    std::int64_t number = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [stop, failed] = std::from_chars(value.text.data(), end, number);
    if (value.kind != json_kind::number || value.in_array || failed != std::errc() || stop != end)
        refuse_value(name, "an integer");
    return number;
}

std::int64_t read_size(std::string_view name, const pg::json_value& value) {
    const std::int64_t size = read_integer(name, value);
    if (size < 0) invalid(quoted(name) + " in request is negative");
    return size;
}

bool read_boolean(std::string_view name, const pg::json_value& value) {
    if (value.kind != json_kind::boolean || value.in_array) refuse_value(name, "a boolean");
    return value.text == "true";
}

// The member of `request`, which is an object.
pg::jsonb read_object(const pg::jsonb& request, std::string_view name,
                      const pg::json_value& value) {
    if (value.kind != json_kind::object || value.in_array) refuse_value(name, "an object");
    JsonbValue found = *pg::find_member(&request.value->root, name);
    return {::JsonbValueToJsonb(&found)};
}

std::optional<upload_client_checksum> read_checksum(const pg::jsonb& object) {
    std::optional<upload_client_checksum> found;
    pg::for_each_value(object, [&](std::string_view name, const pg::json_value& value) {
        if (value.kind == json_kind::null && !value.in_array) return;
        if (found) invalid("\"checksum\" in request has more than one member");
        found = upload_client_checksum{name, read_text("checksum", value)};
    });
    return found;
}

}  // namespace

upload_client_request read_upload_client_request(const pg::jsonb& json) {
    if (!pg::is_object(json)) invalid("request is not a JSON object");
    upload_client_request r;
    optional_text method, key;
    pg::for_each_value(json, [&](std::string_view name, const pg::json_value& value) {
        const bool null = value.kind == json_kind::null && !value.in_array;
        const auto set = [&](auto& member, auto read) {
            if (!null) member = read(name, value);
        };
        if (name == "method") return set(method, read_text);
        if (name == "key") return set(key, read_text);
        if (name == "uploadId") return set(r.upload_id, read_text);
        if (name == "partNumber") return set(r.part_number, read_integer);
        if (name == "contentType") return set(r.content_type, read_text);
        if (name == "expiresIn") return set(r.expires_in, read_integer);
        if (name == "bytes") return set(r.bytes, read_size);
        if (name == "maxBytes") return set(r.max_bytes, read_size);
        if (name == "overwrite") return set(r.overwrite, read_boolean);
        if (name == "checksum")
            return set(r.checksum, [&](std::string_view n, const pg::json_value& v) {
                return read_checksum(read_object(json, n, v));
            });
        if (name == "headers")
            return set(r.headers, [&](std::string_view n, const pg::json_value& v) {
                return read_object(json, n, v);
            });
        invalid("invalid member " + quoted(name) + " in request",
                "Valid members are: method, key, uploadId, partNumber, contentType, expiresIn, "
                "bytes, maxBytes, checksum, overwrite, headers.");
    });
    if (!method) invalid("\"method\" is missing in request");
    if (!key) invalid("\"key\" is missing in request");
    if (r.bytes && r.max_bytes && *r.bytes > *r.max_bytes)
        invalid("\"bytes\" in request is more than \"maxBytes\"");
    r.method = *method;
    r.key = *key;
    return r;
}

}  // namespace s3sign
