// A presigned URL of unknown origin, with a method and headers: read, and hashed as a server would.
#include "sigv4/signed_url.hpp"

#include "../unit/reference.hpp"
#include "fuzz.hpp"
#include "sigv4/verify.hpp"

namespace s3sign::fuzz {
namespace {

bool inside(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() &&
                            part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

void fuzz(input bytes) {
    const std::string text = bytes.next();
    const std::string method = bytes.next();
    reference::pairs pairs;
    while (!bytes.is_empty()) {
        const std::string name = bytes.next();
        pairs.emplace_back(name, bytes.next());
    }

    const std::size_t count = sigv4::count_parameters(text);
    const std::unique_ptr<field[]> room(new field[count]);
    const std::unique_ptr<char[]> memory(new char[text.size()]);
    sigv4::signed_url url = sigv4::read_signed_url(text, {room.get(), count}, memory.get());
    for (const auto& part :
         {url.algorithm, url.identity, url.date, url.region, url.service, url.time,
          url.signed_headers, url.session_token, url.payload, url.signature})
        require(!part || inside(*part, text) || inside(*part, {memory.get(), text.size()}),
                "a part that views the URL", text);
    require(!url.query || url.query->size() <= count, "no more parameters than were counted");
    for (const std::int64_t now : {std::int64_t{0}, std::int64_t{1700000000}, sigv4::latest_time})
        if (url.signed_at && url.expires) sigv4::age_of(url, now);
    if (!url.is_signed || url.fault) return;

    const fields headers = canonical_headers(view(pairs));
    const std::unique_ptr<char[]> work(new char[sigv4::rebuild_size(url)]);
    const sigv4::request request = sigv4::rebuild(url, method, headers.list, work.get());
    const std::string hashed =
        written(sigv4::rebuilt_canonical_request_size(url, request),
                [&](char* out) { return sigv4::put_rebuilt_canonical_request(out, url, request); });
    require(hashed.starts_with(method + "\n"), "a canonical request", hashed);
    sigv4::find_missing_header(url, headers.list);
    sigv4::find_unsigned_header(url, headers.list);
    if (url.signature && *url.signature != std::string(64, '0'))
        require(!sigv4::matches(url, {}), "the signature of another request");
}

}  // namespace s3sign::fuzz
