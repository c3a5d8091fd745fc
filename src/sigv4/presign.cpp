#include "sigv4/presign.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"
#include "sigv4/second_cache.hpp"

namespace s3sign::sigv4 {
namespace {

// The parts that put_canonical_headers() reads.
request request_of(const presign_request& r) {
    return {r.method, {}, {}, r.host, r.headers, r.payload};
}

// Writes the query in canonical order: merges SigV4's parameters, which the caller gives in their
// order, and the others.
class query_writer {
   public:
    query_writer(char* out, std::span<const field> others) : out_(out), others_(others) {}

    // Begins the parameter `name` and returns the position for its encoded value. Pass the position
    // after the value to end().
    char* begin(std::string_view name) {
        while (!others_.empty() && others_.front().name < name) put_other();
        separate();
        out_ = put(out_, name);
        return out_ = put(out_, '=');
    }

    void end(char* out) { out_ = out; }

    // Writes SigV4's first parameters, if no other parameter sorts before the last of them.
    void put_head(std::string_view head) {
        out_ = put(out_, head);
        first_ = false;
    }

    char* finish() {
        while (!others_.empty()) put_other();
        return out_;
    }

   private:
    void put_other() {
        separate();
        out_ = put_query(out_, others_.first(1));
        others_ = others_.subspan(1);
    }

    void separate() {
        if (!first_) out_ = put(out_, '&');
        first_ = false;
    }

    char* out_;
    std::span<const field> others_;
    bool first_ = true;
};

// Writes `host;name` encoded: `;`, and some characters of header names.
char* put_encoded_signed_headers(char* out, const presign_request& r) {
    if (r.headers.empty()) return put(out, "host");
    const request signed_request = request_of(r);
    // The raw names go after the room for the encoded ones. Both together take four times the size
    // of the names, which presign_room() counts.
    std::size_t size = 4;
    for (const field& header : r.headers) size += header.name.size() + 1;
    char* const names = out + encoded_size(size);
    return uri_encode(out, view(names, put_signed_headers(names, signed_request)));
}

// True if SigV4's parameters up to the token may be written at once, as the key keeps them.
bool has_kept_head(const presign_request& r) {
    return (r.query.empty() || r.query.front().name > "X-Amz-Security-Token") &&
           r.session_token.size() <= largest_kept_token;
}

// Inline: a call costs 33 instructions a URL.
[[gnu::always_inline]] inline unsigned_url write_unsigned(std::span<char> buffer,
                                                          const presign_request& r,
                                                          const timestamp& time, signing_key& key) {
    // The canonical request goes after the room for the URL, which then copies parts of it.
    char* out = buffer.data();
    char* const canonical = out + buffer.size() / 2;
    char* const path = put(put(put(canonical, r.method), '\n'), r.path_prefix);
    char* const path_end = r.has_path ? uri_encode_path(put(path, '/'), r.path) : path;
    char* const query = put(path_end, '\n');
    char* const query_end = put_presigned_query(query, r, time, key);
    char* const end = put_presigned_headers(put(query_end, '\n'), r);

    out = put(out, r.origin);
    out = put(out, r.shown_prefix);
    out = put(out, view(path, path_end));
    out = put(out, '?');
    out = put(out, view(query, query_end));
    return {put(out, signature_parameter), view(canonical, end)};
}

}  // namespace

char* put_presigned_query(char* out, const presign_request& r, const timestamp& time,
                          signing_key& key) {
    query_writer query(out, r.query);
    if (has_kept_head(r)) {
        query.put_head(key.query_head(r.identity, r.session_token, time, r.expires));
    } else {
        query.end(put(query.begin("X-Amz-Algorithm"), algorithm));
        query.end(put_credential(query.begin("X-Amz-Credential"), r.identity, key.bound_to()));
        query.end(put(query.begin("X-Amz-Date"), time.text()));
        query.end(put_decimal(query.begin("X-Amz-Expires"), static_cast<std::uint64_t>(r.expires)));
        if (!r.session_token.empty())
            query.end(uri_encode(query.begin("X-Amz-Security-Token"), r.session_token));
    }
    query.end(put_encoded_signed_headers(query.begin("X-Amz-SignedHeaders"), r));
    return query.finish();
}

std::size_t presign_room(const presign_request& r, const scope& s) {
    // The names and constants that SigV4 adds to either are under 300 bytes.
    std::size_t size = 300 + r.method.size() + r.origin.size() + r.host.size() +
                       std::max(r.path_prefix.size(), r.shown_prefix.size()) +
                       encoded_size(r.path.size()) + encoded_size(r.identity.size()) +
                       scope_size(s) + encoded_size(r.session_token.size()) + r.payload.size();
    for (const field& parameter : r.query)
        size += parameter.name.size() + parameter.value.size() + 2;
    // A name is in the query, see put_encoded_signed_headers(), and twice in the request.
    for (const field& header : r.headers)
        size += 6 * (header.name.size() + 1) + header.value.size() + 3;
    return size;
}

char* put_presigned_headers(char* out, const presign_request& r) {
    return put_canonical_headers(out, request_of(r));
}

std::size_t presigned_url_size(const presign_request& r, const scope& s) {
    return 2 * presign_room(r, s);
}

unsigned_url write_unsigned_url(std::span<char> buffer, const presign_request& r,
                                const timestamp& time, signing_key& key) {
    return write_unsigned(buffer, r, time, key);
}

char* write_presigned_url(std::span<char> buffer, const presign_request& r, const timestamp& time,
                          signing_key& key) {
    const unsigned_url url = write_unsigned(buffer, r, time, key);
    return put_hex(url.end, key.sign(time, sha256(url.canonical_request)));
}

bool is_signature_parameter(std::string_view name) {
    constexpr std::string_view names[] = {
        "x-amz-algorithm", "x-amz-content-sha256", "x-amz-credential", "x-amz-date",
        "x-amz-expires",   "x-amz-security-token", "x-amz-signature",  "x-amz-signedheaders",
    };
    return std::any_of(std::begin(names), std::end(names), [&](std::string_view reserved) {
        return equal_but_for_case(name, reserved);
    });
}

}  // namespace s3sign::sigv4
