// What an upload client asks for: the operation that its method is, and the header of its checksum.
#include "s3/upload_request.hpp"

#include "base/text.hpp"
#include "fuzz.hpp"
#include "sigv4/base64.hpp"

namespace s3sign::fuzz {
namespace {

void check_operation(std::string_view method, bool has_upload_id, bool has_part_number) {
    const s3::operation* op = nullptr;
    if (!accepted(
            [&] { op = &s3::choose_upload_operation(method, has_upload_id, has_part_number); }))
        return;
    same(op->method, method, "the method asked for");
    const auto has = [&](std::string_view name) {
        return s3::find_own_parameter(*op, name) != nullptr;
    };
    require(has("uploadId") == has_upload_id && has("partNumber") == has_part_number,
            "an operation with just these parameters", op->name);
}

}  // namespace

// «ALGORITHM VALUE»
void fuzz(input bytes) {
    const std::string text = bytes.rest();
    for (const bool has_upload_id : {false, true})
        for (const bool has_part_number : {false, true})
            check_operation(text, has_upload_id, has_part_number);
    std::string_view value = text, header;
    const std::string_view algorithm = take_item(value, ' ');
    if (!accepted([&] { header = s3::checksum_header(algorithm, value); })) return;
    same(header, "x-amz-checksum-" + std::string(algorithm), "the header");
    const auto padding = static_cast<std::size_t>(std::ranges::count(value, '='));
    require(value.size() <= 88 && value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                          "abcdefghijklmnopqrstuvwxyz"
                                                          "0123456789+/=") == value.npos,
            "base64 of a digest", value);
    require(sigv4::is_base64(value, value.size() / 4 * 3 - padding), "canonical base64", value);
}

}  // namespace s3sign::fuzz
