#include "s3/upload_request.hpp"

#include "sigv4/base64.hpp"
#include "support.hpp"

namespace s3sign::test {
namespace {

constexpr auto bad = code::invalid_parameter_value;
constexpr std::string_view methods[] = {"GET",     "HEAD", "PUT",  "POST", "DELETE", "PATCH",
                                        "OPTIONS", "put",  "Post", "",     "PUT ",   "COPY"};

const s3::operation* choose(std::string_view method, bool has_upload_id, bool has_part_number) {
    try {
        return &s3::choose_upload_operation(method, has_upload_id, has_part_number);
    } catch (const error& e) {
        EXPECT_TRUE(e.code == bad);
        return nullptr;
    }
}

// Uppy: PresignableRequest in src/s3-client/types.ts
TEST(upload_request, operations) {
    EXPECT_EQ(choose("PUT", false, false), &s3::put_object);
    EXPECT_EQ(choose("POST", false, false), &s3::multipart_create);
    EXPECT_EQ(choose("DELETE", false, false), &s3::delete_object);
    EXPECT_EQ(choose("PUT", true, true), &s3::multipart_part);
    EXPECT_EQ(choose("POST", true, false), &s3::multipart_complete);
    EXPECT_EQ(choose("DELETE", true, false), &s3::multipart_abort);
    EXPECT_EQ(choose("GET", true, false), &s3::multipart_list);
}

TEST(upload_request, seven_and_no_other) {
    int known = 0;
    for (const std::string_view method : methods)
        for (const bool has_upload_id : {false, true})
            for (const bool has_part_number : {false, true}) {
                const s3::operation* const op = choose(method, has_upload_id, has_part_number);
                if (op == nullptr) continue;
                known++;
                EXPECT_EQ(op->method, method);
            }
    EXPECT_EQ(known, 7);
}

// The bytes are those of the digests: CRC-32 has 4, MD5 16 and so on.
TEST(upload_request, checksums) {
    const std::pair<std::string_view, std::size_t> kinds[] = {
        {"crc32", 4},   {"crc32c", 4},  {"crc64nvme", 8}, {"md5", 16},     {"sha1", 20},
        {"sha256", 32}, {"sha512", 64}, {"xxhash3", 8},   {"xxhash64", 8}, {"xxhash128", 16},
    };
    for (const auto& [name_, size] : kinds) {
        const std::string_view name = name_;  // clang 14 does not capture a structured binding
        const std::string value(size, '\xff');
        EXPECT_EQ(s3::checksum_header(name, sigv4::base64(value)),
                  "x-amz-checksum-" + std::string(name));
        for (const std::string& other : {value + "x", value.substr(1)})
            EXPECT_TRUE(refuses(bad,
                                "checksum \"" + std::string(name) + "\" is not the base64 of " +
                                    std::to_string(size) + " bytes",
                                [&] { s3::checksum_header(name, sigv4::base64(other)); }));
    }
    for (const std::string_view name : {"", "SHA256", "sha-256", "sha224", "mode", "type"})
        EXPECT_TRUE(refuses(bad, "checksum algorithm \"" + std::string(name) + "\" is not known",
                            [&] { s3::checksum_header(name, "AAAA"); }));
}

}  // namespace
}  // namespace s3sign::test
