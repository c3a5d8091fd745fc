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
        {s3::list_objects, "list", "GET", permission::list, false},
        {s3::multipart_create, "multipart_create", "POST", permission::multipart, false},
        {s3::multipart_part, "multipart_part", "PUT", permission::multipart, false},
        {s3::multipart_complete, "multipart_complete", "POST", permission::multipart, false},
        {s3::multipart_abort, "multipart_abort", "DELETE", permission::multipart, false},
        {s3::multipart_list, "multipart_list", "GET", permission::multipart, false},
        {s3::post_object, "post", "POST", permission::post, false},
    };
    for (const row& r : rows) {
        EXPECT_EQ(r.op.name, r.name);
        EXPECT_EQ(r.op.method, r.method);
        EXPECT_EQ(r.op.needs, r.needs) << r.name;
        EXPECT_EQ(r.op.reads, r.reads) << r.name;
        EXPECT_EQ(s3::parse_permission(r.name.substr(0, r.name.find('_'))), r.op.needs) << r.name;
    }
}

TEST(operation, is_found_by_method_and_query) {
    struct row {
        std::string_view method;
        bool of_bucket;
        std::vector<sigv4::field> query;
        const s3::operation* op;
    };
    const row rows[] = {
        {"GET", false, {}, &s3::get_object},
        {"GET", false, {{"versionId", "1"}, {"partNumber", "1"}}, &s3::get_object},
        {"HEAD", false, {}, &s3::head_object},
        {"PUT", false, {}, &s3::put_object},
        {"PUT", false, {{"partNumber", "1"}}, &s3::put_object},
        {"PUT", false, {{"uploadId", "u"}}, &s3::put_object},
        {"PUT", false, {{"uploadId", "u"}, {"partNumber", "1"}}, &s3::multipart_part},
        {"PUT", false, {{"UploadId", "u"}, {"PartNumber", "1"}}, &s3::put_object},
        {"DELETE", false, {}, &s3::delete_object},
        {"DELETE", false, {{"uploadId", "u"}}, &s3::multipart_abort},
        {"POST", false, {{"uploads", ""}}, &s3::multipart_create},
        {"POST", false, {{"uploads", "x"}}, nullptr},
        {"POST", false, {{"uploadId", "u"}}, &s3::multipart_complete},
        {"POST", false, {}, nullptr},
        {"POST", false, {{"delete", ""}}, nullptr},
        {"GET", false, {{"uploadId", "u"}}, &s3::multipart_list},
        {"GET", false, {{"list-type", "2"}}, &s3::get_object},
        {"GET", true, {{"list-type", "2"}, {"prefix", "a"}}, &s3::list_objects},
        {"GET", true, {{"list-type", "1"}}, nullptr},
        {"GET", true, {}, nullptr},
        {"GET", true, {{"uploads", ""}}, nullptr},
        {"GET", true, {{"versions", ""}}, nullptr},
        {"PUT", true, {}, nullptr},
        {"DELETE", true, {}, nullptr},
        {"HEAD", true, {}, nullptr},
        {"POST", true, {}, nullptr},
        {"POST", true, {{"delete", ""}}, nullptr},
        {"get", false, {}, nullptr},
        {"PATCH", false, {}, nullptr},
        {"", false, {}, nullptr},
    };
    for (const row& r : rows)
        EXPECT_EQ(s3::find_operation(r.method, r.of_bucket, r.query), r.op)
            << r.method << " " << r.of_bucket << " "
            << (r.query.empty() ? "" : r.query.front().name);
}

TEST(operation, owns_its_parameters_whatever_their_case) {
    const auto* prefix = s3::find_own_parameter(s3::list_objects, "PREFIX");
    ASSERT_NE(prefix, nullptr);
    EXPECT_EQ(prefix->argument, "prefix");
    EXPECT_NE(s3::find_own_parameter(s3::get_object, "versionid"), nullptr);
    EXPECT_EQ(s3::find_own_parameter(s3::get_object, "uploadId"), nullptr);
    EXPECT_EQ(s3::find_own_parameter(s3::put_object, "versionId"), nullptr);
    for (const auto name :
         {"uploads", "UPLOADS", "uploadId", "list-type", "versionId", "VersionID"})
        EXPECT_TRUE(s3::tells_operation(name)) << name;
    for (const auto name : {"", "acl", "prefix", "partNumber", "upload", "version"})
        EXPECT_FALSE(s3::tells_operation(name)) << name;
}

TEST(form_field, is_harmless) {
    for (const auto name : {"content-type", "content-disposition", "cache-control", "expires",
                            "success_action_status", "x-amz-meta-a", "x-amz-checksum-sha256"})
        EXPECT_TRUE(s3::is_harmless_form_field(name)) << name;
    for (const auto name :
         {"", "acl", "success_action_redirect", "redirect", "tagging", "x-amz-acl",
          "x-amz-storage-class", "x-amz-website-redirect-location", "x-ignore-a"})
        EXPECT_FALSE(s3::is_harmless_form_field(name)) << name;
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

TEST(parameter, is_harmless_to_lists) {
    for (const auto name : {"encoding-type", "fetch-owner"}) {
        EXPECT_TRUE(s3::is_harmless_parameter(s3::list_objects, name)) << name;
        EXPECT_FALSE(s3::is_harmless_parameter(s3::get_object, name)) << name;
    }
    for (const auto name : {"max-parts", "part-number-marker"}) {
        EXPECT_TRUE(s3::is_harmless_parameter(s3::multipart_list, name)) << name;
        EXPECT_FALSE(s3::is_harmless_parameter(s3::multipart_complete, name)) << name;
    }
    EXPECT_FALSE(s3::is_harmless_parameter(s3::list_objects, "versions"));
    EXPECT_FALSE(s3::is_harmless_parameter(s3::list_objects, "prefix"));
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
        EXPECT_TRUE(s3::is_harmless_header(s3::put_object, name)) << name;
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
        EXPECT_FALSE(s3::is_harmless_header(s3::put_object, name)) << name;
}

TEST(operation, object_size_is_harmless_to_complete) {
    for (const s3::operation* op :
         {&s3::get_object, &s3::put_object, &s3::multipart_create, &s3::multipart_part,
          &s3::multipart_complete, &s3::multipart_abort, &s3::multipart_list, &s3::post_object})
        EXPECT_EQ(s3::is_harmless_header(*op, "x-amz-mp-object-size"),
                  op == &s3::multipart_complete)
            << op->name;
}

}  // namespace
}  // namespace s3sign
