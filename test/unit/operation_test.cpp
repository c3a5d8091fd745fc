#include "s3/operation.hpp"

#include "support.hpp"

namespace s3sign {
namespace {

using s3::permission;

TEST(operation, has_its_row) {
    struct row {
        const s3::operation& op;
        std::string_view name, method;
        permission needs;
        bool reads;
    };
    const row rows[] = {
        {s3::get_object, "get", "GET", permission::get, true},
        {s3::head_object, "head", "HEAD", permission::head, true},
        {s3::put_object, "put", "PUT", permission::put, false},
        {s3::delete_object, "delete", "DELETE", permission::delete_, false},
    };
    for (const row& r : rows) {
        EXPECT_EQ(r.op.name, r.name);
        EXPECT_EQ(r.op.method, r.method);
        EXPECT_EQ(r.op.needs, r.needs) << r.name;
        EXPECT_EQ(r.op.reads, r.reads) << r.name;
        EXPECT_EQ(s3::parse_permission(r.op.name), r.op.needs) << r.name;
    }
}

TEST(permission, has_one_name) {
    const std::pair<std::string_view, permission> names[] = {
        {"get", permission::get},
        {"head", permission::head},
        {"put", permission::put},
        {"delete", permission::delete_},
        {"list", permission::list},
        {"post", permission::post},
        {"multipart", permission::multipart},
        {"version", permission::version},
    };
    for (const auto& [name, value] : names) EXPECT_EQ(s3::parse_permission(name), value) << name;
    for (const auto name : {"", "GET", "Get", "get ", " get", "ge", "gets", "delete_", "all", "*"})
        EXPECT_EQ(s3::parse_permission(name), std::nullopt) << name;
}

TEST(permissions, hold_what_was_put_in) {
    const permission all[] = {permission::get,       permission::head,   permission::put,
                              permission::delete_,   permission::list,   permission::post,
                              permission::multipart, permission::version};
    for (const permission p : all) {
        const auto one = s3::permissions().with(p);
        for (const permission other : all) {
            EXPECT_EQ(one.have(other), other == p);
            EXPECT_FALSE(s3::permissions().have(other));
            EXPECT_TRUE(one.with(other).have(p)) << "the first is lost";
            EXPECT_TRUE(one.with(other).have(other));
        }
    }
}

// GetObject's own parameters, and the ones that SDKs add
constexpr std::string_view parameters_of_reads[] = {
    "partNumber",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "response-content-language",
    "response-content-type",
    "response-expires",
    "x-id",
};

TEST(parameter, is_harmless_to_reads_only) {
    for (const auto name : parameters_of_reads) {
        EXPECT_TRUE(s3::is_harmless_parameter(s3::get_object, name)) << name;
        EXPECT_TRUE(s3::is_harmless_parameter(s3::head_object, name)) << name;
        EXPECT_FALSE(s3::is_harmless_parameter(s3::put_object, name)) << name;
        EXPECT_FALSE(s3::is_harmless_parameter(s3::delete_object, name)) << name;
    }
}

TEST(parameter, is_harmless_by_its_exact_name) {
    for (const auto name : parameters_of_reads) {
        const std::string exact(name);
        std::string other = exact;
        for (char& c : other) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
        for (const std::string& n :
             {other, exact + " ", " " + exact, exact + "=", exact + "&acl",
              exact + std::string(1, '\0'), exact.substr(1), exact.substr(0, exact.size() - 1)})
            EXPECT_FALSE(s3::is_harmless_parameter(s3::get_object, n)) << n;
    }
    for (const auto name :
         {"", "acl", "tagging", "uploads", "uploadId", "delete", "versions", "versionId", "prefix",
          "list-type", "policy", "torrent", "restore", "select", "attributes", "x-amz-acl",
          "x-amz-copy-source", "response-", "response-content-type-x"})
        EXPECT_FALSE(s3::is_harmless_parameter(s3::get_object, name)) << name;
}

TEST(header, is_harmless) {
    for (const auto name : {"content-type",
                            "content-length",
                            "content-md5",
                            "content-encoding",
                            "content-language",
                            "content-disposition",
                            "cache-control",
                            "expires",
                            "range",
                            "if-match",
                            "if-none-match",
                            "if-modified-since",
                            "if-unmodified-since",
                            "if-range",
                            "x-amz-meta-a",
                            "x-amz-meta-",
                            "x-amz-checksum-sha256",
                            "x-amz-checksum-crc64nvme",
                            "x-amz-checksum-type",
                            "x-amz-sdk-checksum-algorithm",
                            "x-amz-content-sha256"})
        EXPECT_TRUE(s3::is_harmless_header(name)) << name;
    for (const auto name :
         {"", "if", "ifs", "content", "content-", "content-types", "content-location", "ranges",
          "x-amz-meta", "x-amz-metadata-directive", "x-amz-checksum", "x-amz-acl",
          "x-amz-grant-read", "x-amz-copy-source", "x-amz-copy-source-if-match",
          "x-amz-rename-source", "x-amz-tagging", "x-amz-storage-class",
          "x-amz-website-redirect-location", "x-amz-server-side-encryption",
          "x-amz-object-lock-mode", "x-amz-bypass-governance-retention", "x-amz-security-token",
          "x-amz-date", "x-http-method-override", "x-forwarded-host", "host", "cookie",
          // they are asked for in lower case
          "Content-Type", "X-Amz-Meta-a"})
        EXPECT_FALSE(s3::is_harmless_header(name)) << name;
}

}  // namespace
}  // namespace s3sign
