#include "sigv4/presign.hpp"

#include <algorithm>

#include "ascii.hpp"
#include "sigv4/canonical.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

std::string_view view(const char* begin, const char* end) {
    return {begin, static_cast<std::size_t>(end - begin)};
}

request request_of(const presign_request& r, std::string_view path, std::string_view query) {
    return {r.method, path, query, r.host, r.headers, r.payload};
}

constexpr std::string_view signature_name = "&X-Amz-Signature=";

// Writes the query in canonical order: SigV4's own parameters, whose order is known, and the
// others at their places among them.
class query_writer {
   public:
    query_writer(char* out, std::span<const field> others) : out_(out), others_(others) {}

    // Begins the parameter `name`; its encoded value is to be written to position().
    char* begin(std::string_view name) {
        while (!others_.empty() && others_.front().name < name) put_other();
        separate();
        out_ = put(out_, name);
        return out_ = put(out_, '=');
    }

    void end(char* out) { out_ = out; }

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

char* put_credential(char* out, const presign_request& r, const scope& s) {
    out = uri_encode(out, r.identity);
    out = put(out, "%2F");
    return put_scope(out, s, "%2F");
}

// «host;name» with `;` encoded; a header's name may hold bytes that a query encodes too.
char* put_encoded_signed_headers(char* out, const presign_request& r) {
    if (r.headers.empty()) return put(out, "host");
    const request signed_request = request_of(r, {}, {});
    // Written raw behind the room that the encoded names may take, then encoded into it: four
    // times their size in all, which presign_buffer_size() counts.
    std::size_t size = 4;
    for (const field& header : r.headers) size += header.name.size() + 1;
    char* const names = out + encoded_size(size);
    return uri_encode(out, view(names, put_signed_headers(names, signed_request)));
}

char* put_query(char* out, const presign_request& r, const timestamp& time, const scope& s) {
    query_writer query(out, r.query);
    query.end(put(query.begin("X-Amz-Algorithm"), algorithm));
    query.end(put_credential(query.begin("X-Amz-Credential"), r, s));
    query.end(put(query.begin("X-Amz-Date"), time.text()));
    query.end(put_decimal(query.begin("X-Amz-Expires"), static_cast<std::uint64_t>(r.expires)));
    if (!r.session_token.empty())
        query.end(uri_encode(query.begin("X-Amz-Security-Token"), r.session_token));
    query.end(put_encoded_signed_headers(query.begin("X-Amz-SignedHeaders"), r));
    return query.finish();
}

}  // namespace

std::size_t presign_buffer_size(const presign_request& r, const scope& s) {
    const std::size_t path = r.path_prefix.size() + 1 + encoded_size(r.path.size());
    // SigV4's own names and constant values are under 200 bytes.
    std::size_t query = 200 + encoded_size(r.identity.size()) + scope_size(s) +
                        encoded_size(r.session_token.size());
    for (const field& parameter : r.query)
        query += parameter.name.size() + parameter.value.size() + 2;
    for (const field& header : r.headers) query += 4 * (header.name.size() + 1);

    const std::size_t url = r.origin.size() + path + 1 + query + signature_name.size() + 64;
    return url + canonical_request_size(request_of(r, {}, {})) + path + query;
}

char* presign(char* out, const presign_request& r, const timestamp& time, signing_key& key) {
    char* const path = put(out, r.origin);
    char* const path_end = uri_encode_path(put(put(path, r.path_prefix), '/'), r.path);
    char* const query = put(path_end, '?');
    char* const query_end = put_query(query, r, time, key.bound_to());
    char* const signature = put(query_end, signature_name);

    char* const work = signature + 64;
    const request canonical = request_of(r, view(path, path_end), view(query, query_end));
    const digest hash = sha256(view(work, put_canonical_request(work, canonical)));
    return put_hex(signature, key.sign(time, hash));
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
