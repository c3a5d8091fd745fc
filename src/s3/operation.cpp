#include "s3/operation.hpp"

#include <algorithm>

namespace s3sign::s3 {
namespace {

struct named_permission {
    std::string_view name;
    permission value;
};

constexpr named_permission names[] = {
    {"get", permission::get},
    {"head", permission::head},
    {"put", permission::put},
    {"delete", permission::delete_},
    {"list", permission::list},
    {"post", permission::post},
    {"multipart", permission::multipart},
    {"version", permission::version},
};

constexpr std::string_view of_reads[] = {
    "partNumber",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "x-id",
};

constexpr std::string_view headers[] = {
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "expires",
    "range",
    "x-amz-content-sha256",
    "x-amz-sdk-checksum-algorithm",
};

constexpr std::string_view header_families[] = {"if-", "x-amz-checksum-", "x-amz-meta-"};

}  // namespace

std::optional<permission> parse_permission(std::string_view name) {
    for (const named_permission& n : names)
        if (n.name == name) return n.value;
    return std::nullopt;
}

std::string_view name_of(permission p) {
    return std::find_if(std::begin(names), std::end(names),
                        [&](const named_permission& n) { return n.value == p; })
        ->name;
}

bool is_harmless_parameter(const operation& op, std::string_view name) {
    return op.reads &&
           std::find(std::begin(of_reads), std::end(of_reads), name) != std::end(of_reads);
}

bool is_harmless_header(std::string_view name) {
    return std::find(std::begin(headers), std::end(headers), name) != std::end(headers) ||
           std::any_of(std::begin(header_families), std::end(header_families),
                       [&](std::string_view family) { return name.starts_with(family); });
}

}  // namespace s3sign::s3
