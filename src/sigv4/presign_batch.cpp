#include "sigv4/presign_batch.hpp"

#include "base/text.hpp"
#include "sigv4/encode.hpp"

namespace s3sign::sigv4 {

std::size_t presign_batch::shared_size(const presign_request& r, const scope& s) {
    return 2 * presign_room(r, s);
}

presign_batch::presign_batch(char* shared, const presign_request& r, const timestamp& time,
                             signing_key& key)
    : time_(time), key_(key) {
    char* out = put(put(put(shared, r.origin), r.shown_prefix), '/');
    url_head_ = view(shared, out);

    const char* begin = out;
    out = put(put(put(put(out, r.method), '\n'), r.path_prefix), '/');
    request_head_ = view(begin, out);

    begin = out;
    out = put(out, '\n');
    const char* const query = out;
    out = put_presigned_query(out, r, time, key);
    const std::string_view signed_query = view(query, out);
    out = put_presigned_headers(put(out, '\n'), r);
    request_tail_ = view(begin, out);

    begin = out;
    out = put(put(put(out, '?'), signed_query), signature_parameter);
    url_tail_ = view(begin, out);
}

std::size_t presign_batch::work_size(std::span<const std::string_view> paths) const {
    std::size_t size = paths.size() * (request_head_.size() + request_tail_.size());
    for (const std::string_view path : paths) size += encoded_size(path.size());
    return size;
}

void presign_batch::sign(std::span<const std::string_view> paths, char* work) {
    std::array<std::string_view, capacity> requests;
    for (std::size_t i = 0; i < paths.size(); i++) {
        const char* const begin = work;
        char* const path = put(work, request_head_);
        char* const path_end = uri_encode_path(path, paths[i]);
        work = put(path_end, request_tail_);
        paths_[i] = view(path, path_end);
        requests[i] = view(begin, work);
    }
    key_.sign(time_, std::span(requests).first(paths.size()), signatures_.data());
}

std::size_t presign_batch::url_size(std::size_t i) const {
    return url_head_.size() + paths_[i].size() + url_tail_.size() + 2 * signatures_[i].size();
}

char* presign_batch::put_url(char* out, std::size_t i) const {
    return put_hex(put(put(put(out, url_head_), paths_[i]), url_tail_), signatures_[i]);
}

}  // namespace s3sign::sigv4
