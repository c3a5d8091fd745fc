// Reads AWS's signing suite: a folder for each case, with the request, its context and a golden
// file for each stage of signing. The suite is in ../shared, or where S3SIGN_SHARED says.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace s3sign::test {

using pairs = std::vector<std::pair<std::string, std::string>>;

inline std::filesystem::path aws_suite_folder() {
    const char* shared = std::getenv("S3SIGN_SHARED");
    return std::filesystem::path(shared != nullptr && *shared != '\0' ? shared : "../shared") /
           "vectors/aws-signing-test-suite/v4";
}

// The names of the cases; none where the suite is not here.
inline std::vector<std::string> aws_suite_cases() {
    std::vector<std::string> names;
    std::error_code missing;
    for (const auto& entry : std::filesystem::directory_iterator(aws_suite_folder(), missing))
        if (entry.is_directory()) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

inline std::string read_golden(const std::string& name, const std::string& file) {
    std::ifstream in(aws_suite_folder() / name / file, std::ios::binary);
    if (!in) throw std::runtime_error(name + " has no " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string take_until(std::string& rest, std::string_view stop) {
    const std::size_t end = rest.find(stop);
    std::string taken = rest.substr(0, end);
    rest = end == rest.npos ? "" : rest.substr(end + stop.size());
    return taken;
}

// The member of a JSON object of unique names: a string's text, or the word as it is.
inline std::string json_member(const std::string& json, const std::string& name) {
    const std::size_t found = json.find("\"" + name + "\":");
    if (found == json.npos) return {};
    std::string rest = json.substr(found + name.size() + 3);
    rest.erase(0, rest.find_first_not_of(" \n"));
    return rest.starts_with('"') ? rest.substr(1, rest.find('"', 1) - 1)
                                 : rest.substr(0, rest.find_first_of(",} \n"));
}

inline std::string percent_decoded(const std::string& text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); i++) {
        const bool escape = text[i] == '%';
        result +=
            escape ? static_cast<char>(std::stoi(text.substr(i + 1, 2), nullptr, 16)) : text[i];
        if (escape) i += 2;
    }
    return result;
}

struct http_request {
    std::string method, path;  // as they are in the request line
    pairs query;               // decoded
    pairs headers;             // as they are, a folded line after its `\n`
    std::string body;

    std::string header(std::string_view name) const {
        for (const auto& [n, value] : headers)
            if (n == name) return value;
        return {};
    }
};

inline http_request parse_request(std::string text) {
    http_request r;
    r.method = take_until(text, " ");
    std::string query = take_until(text, " HTTP/1.1\n");
    r.path = take_until(query, "?");
    while (!query.empty()) {
        std::string value = take_until(query, "&");
        std::string name = take_until(value, "=");
        r.query.emplace_back(percent_decoded(name), percent_decoded(value));
    }
    while (!text.empty()) {
        std::string value = take_until(text, "\n");
        if (value.empty()) break;
        if (value[0] == ' ') {
            r.headers.back().second += "\n" + value;
            continue;
        }
        std::string name = take_until(value, ":");
        r.headers.emplace_back(name, value);
    }
    r.body = text;
    return r;
}

struct aws_case {
    http_request request;
    std::string identity, secret, token, region, service, timestamp, expires;
    bool normalize, sign_body, omit_session_token;
};

inline aws_case read_aws_case(const std::string& name) {
    const std::string json = read_golden(name, "context.json");
    return {
        .request = parse_request(read_golden(name, "request.txt")),
        .identity = json_member(json, "access_key_id"),
        .secret = json_member(json, "secret_access_key"),
        .token = json_member(json, "token"),
        .region = json_member(json, "region"),
        .service = json_member(json, "service"),
        .timestamp = json_member(json, "timestamp"),
        .expires = json_member(json, "expiration_in_seconds"),
        .normalize = json_member(json, "normalize") == "true",
        .sign_body = json_member(json, "sign_body") == "true",
        .omit_session_token = json_member(json, "omit_session_token") == "true",
    };
}

}  // namespace s3sign::test
