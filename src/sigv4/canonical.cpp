#include "sigv4/canonical.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {
namespace {

constexpr field signed_host(const request& r) { return {"host", r.host}; }

// Calls visit(header) for each signed header in order, `host` among them.
template <class Visit>
void for_each_header(const request& r, Visit visit) {
    bool host_is_due = true;
    for (const field& header : r.headers) {
        if (host_is_due && header.name > "host") {
            visit(signed_host(r));
            host_is_due = false;
        }
        visit(header);
    }
    if (host_is_due) visit(signed_host(r));
}

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// AWS Trimall(): drops blanks at the ends and writes one space for each run of blanks between.
char* put_trimmed(char* out, std::string_view value) {
    bool pending = false;
    const char* begin = out;
    for (char c : value) {
        if (is_blank(c)) {
            pending = out != begin;
            continue;
        }
        if (pending) out = put(out, ' ');
        pending = false;
        out = put(out, c);
    }
    return out;
}

char* put_lower(char* out, std::string_view name) {
    for (char c : name) out = put(out, to_lower(c));
    return out;
}

}  // namespace

bool signs_as_s3(std::string_view service) {
    constexpr std::string_view names[] = {"s3", "s3express", "s3-object-lambda", "s3-outposts"};
    return contains(names, service);
}

char* normalize_path(char* out, std::string_view path) {
    char* const root = put(out, '/');
    out = root;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        const std::string_view segment = path.substr(0, slash);
        const bool last = slash == path.npos;
        path.remove_prefix(last ? path.size() : slash + 1);

        if (segment.empty() || segment == ".") continue;
        if (segment == "..") {
            if (out > root) out--;
            while (out > root && out[-1] != '/') out--;
            continue;
        }
        out = put(out, segment);
        if (!last) out = put(out, '/');
    }
    return out;
}

char* canonicalize_query(std::span<field> query, char* out) {
    for (field& parameter : query) {
        char* const value = uri_encode(out, parameter.name);
        char* const end = uri_encode(value, parameter.value);
        parameter = {view(out, value), view(value, end)};
        out = end;
    }
    std::sort(query.begin(), query.end(), [](const field& a, const field& b) {
        return a.name != b.name ? a.name < b.name : a.value < b.value;
    });
    return out;
}

char* put_query(char* out, std::span<const field> query) {
    for (const field& parameter : query) {
        out = put(out, parameter.name);
        out = put(out, '=');
        out = put(out, parameter.value);
        if (&parameter != &query.back()) out = put(out, '&');
    }
    return out;
}

std::size_t canonicalize_headers(std::span<field> headers, char* out) {
    for (field& header : headers) {
        char* const end = put_lower(out, header.name);
        header.name = view(out, end);
        out = end;
    }
    std::stable_sort(headers.begin(), headers.end(),
                     [](const field& a, const field& b) { return a.name < b.name; });
    std::size_t count = 0;
    for (std::size_t i = 0; i < headers.size(); i++) {
        char* const end = put_trimmed(out, headers[i].value);
        if (count > 0 && headers[count - 1].name == headers[i].name) {
            field& joined = headers[count - 1];
            // The previous value ends one byte before this one: the byte is for the comma.
            char* const begin = out - joined.value.size() - 1;
            out[-1] = ',';
            joined.value = view(begin, end);
        } else {
            headers[count] = {headers[i].name, view(out, end)};
            count++;
        }
        out = end + 1;
    }
    return count;
}

const field* find_header(std::span<const field> headers, std::string_view name) {
    const auto found =
        std::lower_bound(headers.begin(), headers.end(), name,
                         [](const field& h, std::string_view n) { return h.name < n; });
    return found == headers.end() || found->name != name ? nullptr : &*found;
}

char* put_signed_headers(char* out, const request& r) {
    char* const begin = out;
    for_each_header(r, [&](const field& header) {
        if (out != begin) out = put(out, ';');
        out = put(out, header.name);
    });
    return out;
}

std::size_t canonical_request_size(const request& r) {
    // Each header's name appears twice, once with ":" and "\n", once with ";".
    std::size_t headers = 2 * 4 + 3 + r.host.size();
    for (const field& header : r.headers)
        headers += 2 * header.name.size() + header.value.size() + 3;
    return r.method.size() + r.path.size() + r.query.size() + headers + r.payload.size() + 5;
}

char* put_canonical_request(char* out, const request& r) {
    out = put(out, r.method);
    out = put(out, '\n');
    out = put(out, r.path);
    out = put(out, '\n');
    out = put(out, r.query);
    out = put(out, '\n');
    return put_canonical_headers(out, r);
}

char* put_canonical_headers(char* out, const request& r) {
    for_each_header(r, [&](const field& header) {
        out = put(out, header.name);
        out = put(out, ':');
        out = put(out, header.value);
        out = put(out, '\n');
    });
    out = put(out, '\n');
    out = put_signed_headers(out, r);
    out = put(out, '\n');
    return put(out, r.payload);
}

}  // namespace s3sign::sigv4
