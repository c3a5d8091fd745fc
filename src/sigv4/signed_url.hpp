// Reads SigV4's parameters from the query of a presigned URL.
//
// Safe on hostile input: the result has what can be read of any text and the first fault that a
// server would find. Returns views of the text and of the caller's memory; never throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "sigv4/request.hpp"
#include "sigv4/url.hpp"

namespace s3sign::sigv4 {

// What is wrong with a URL, in two parts: "X-Amz-Date", "is missing".
struct fault {
    std::string_view subject;
    std::string_view what;

    explicit operator bool() const { return !subject.empty(); }
};

// A value that can't be read, or appears more than once, is absent. All are decoded.
struct signed_url {
    url parts;
    bool is_signed = false;         // an http or https URL with a parameter of SigV4, in any case
    std::string_view other_scheme;  // of a URL that is not is_signed: see find_other_scheme()

    std::optional<std::string_view> algorithm;
    std::optional<std::string_view> identity;  // access key id
    std::optional<std::string_view> date;      // of the scope: YYYYMMDD
    std::optional<std::string_view> region;
    std::optional<std::string_view> service;
    std::optional<std::string_view> time;            // X-Amz-Date: YYYYMMDDTHHMMSSZ
    std::optional<std::int64_t> signed_at;           // X-Amz-Date in seconds since 1970
    std::optional<std::int64_t> expires;             // seconds after signed_at
    std::optional<std::string_view> signed_headers;  // host;name;name
    std::optional<std::string_view> session_token;
    std::optional<std::string_view> payload;  // X-Amz-Content-Sha256
    std::optional<std::string_view> signature;

    // All parameters except the signature and those without a name, in the order of the URL. Absent
    // if one has a bad percent-encoding or if there are more than most_fields.
    std::optional<std::span<field>> query;

    // Why a server rejects the URL before it checks the signature. Does not look at the algorithm.
    sigv4::fault fault;

    // True if the URL is signed with another algorithm than AWS4-HMAC-SHA256.
    bool has_other_algorithm() const {
        return !other_scheme.empty() || (algorithm && *algorithm != sigv4::algorithm);
    }
};

// The fields that read_signed_url() needs: one for each parameter, and at most most_fields.
std::size_t count_parameters(std::string_view url);

// `fields` holds count_parameters(text) elements, `memory` text.size() bytes.
signed_url read_signed_url(std::string_view text, std::span<field> fields, char* memory);

}  // namespace s3sign::sigv4
