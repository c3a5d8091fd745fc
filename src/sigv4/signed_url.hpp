// What a presigned URL says: SigV4's parameters read out of its query.
//
// For hostile input: whatever the text is, the answer says what of it can be read and what a
// server would find wrong. Views of the text and of the caller's memory; nothing throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sigv4/request.hpp"
#include "sigv4/url.hpp"

namespace s3sign::sigv4 {

// The first thing that is wrong with the form of a URL, in two parts: «X-Amz-Date», «is missing».
struct fault {
    std::string_view subject;
    std::string_view what;

    explicit operator bool() const { return !subject.empty(); }
};

// What can't be read is absent, and so is what stands more than once.
struct signed_url {
    url parts;
    bool is_signed = false;  // an http or https URL with a parameter of SigV4's own

    std::optional<std::string_view> algorithm;
    std::optional<std::string_view> identity;  // access key id: decoded, as the others
    std::optional<std::string_view> date;      // of the credential scope: YYYYMMDD
    std::optional<std::string_view> region;
    std::optional<std::string_view> service;
    std::optional<std::string_view> time;            // X-Amz-Date: YYYYMMDDTHHMMSSZ
    std::optional<std::int64_t> signed_at;           // the same in seconds since 1970
    std::optional<std::int64_t> expires;             // seconds from it
    std::optional<std::string_view> signed_headers;  // «host;name;name»
    std::optional<std::string_view> session_token;
    std::optional<std::string_view> payload;  // X-Amz-Content-Sha256
    std::optional<std::string_view> signature;

    // All parameters but the signature and what has no name, decoded, in the order of the URL;
    // absent where one has a bad percent-encoding.
    std::optional<std::span<field>> query;

    // Why a server refuses the URL whatever its signature; AWS's algorithm is the only one known.
    sigv4::fault fault;
};

// How many fields read_signed_url() needs: a parameter each.
std::size_t count_parameters(std::string_view url);

// `fields` holds count_parameters(), `memory` as many bytes as `text` has.
signed_url read_signed_url(std::string_view text, std::span<field> fields, char* memory);

}  // namespace s3sign::sigv4
