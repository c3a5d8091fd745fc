#include "s3/upload_rules.hpp"

#include "s3/server_options.hpp"
#include "support.hpp"

namespace s3sign {
namespace {

using s3::upload_rules;
using test::error_of;
using test::field;

constexpr auto forbidden = code::insufficient_privilege;

upload_rules rules_for_types(std::string_view types) {
    upload_rules rules;
    s3::read_content_types(rules, "content_types", types);
    return rules;
}

upload_rules rules_for_size(std::int64_t most) {
    upload_rules rules;
    rules.max_bytes = most;
    return rules;
}

upload_rules rules_for_headers(std::string_view json) {
    upload_rules rules;
    s3::read_upload_headers(rules, "upload_headers", json);
    return rules;
}

// Empty: the upload is allowed.
std::string code_of(const upload_rules& rules, const s3::upload_parts& upload) {
    const auto e = error_of([&] { s3::check_upload(rules, upload); });
    return e ? std::string{e->code[0], e->code[1], e->code[2], e->code[3], e->code[4]} : "";
}

std::string code_of_type(const upload_rules& rules, std::string_view type) {
    const std::vector<field> headers{{"content-type", type}};
    return code_of(rules, {s3::put_object, {}, headers});
}

TEST(upload_rules, headers_are_canonical) {
    const upload_rules rules = rules_for_headers(
        R"( {"X-Amz-Tagging": "a=b&c=d", "cache-control": "  no-store,  private ", )"
        R"("x-amz-meta-n": 70, "x-amz-server-side-encryption-bucket-key-enabled": true} )");
    const std::pair<std::string_view, std::string_view> expected[] = {
        {"cache-control", "no-store, private"},
        {"x-amz-meta-n", "70"},
        {"x-amz-server-side-encryption-bucket-key-enabled", "true"},
        {"x-amz-tagging", "a=b&c=d"}};
    ASSERT_EQ(rules.headers.size(), std::size(expected));
    for (std::size_t i = 0; i < std::size(expected); i++) {
        EXPECT_EQ(rules.headers[i].name, expected[i].first);
        EXPECT_EQ(rules.headers[i].value, expected[i].second);
    }
}

TEST(upload_rules, headers_are_added_where_an_object_begins) {
    const upload_rules rules = rules_for_headers(R"({"x-amz-acl": "private"})");
    for (const s3::operation* op :
         {&s3::get_object, &s3::head_object, &s3::put_object, &s3::delete_object, &s3::list_objects,
          &s3::multipart_create, &s3::multipart_part, &s3::multipart_complete, &s3::multipart_abort,
          &s3::multipart_list, &s3::post_object})
        EXPECT_EQ(s3::added_headers(rules, *op).size(),
                  op == &s3::put_object || op == &s3::multipart_create ? 1u : 0u)
            << op->name;
}

TEST(upload_rules, a_content_type_is_one_of_the_list) {
    const upload_rules rules = rules_for_types("image/PNG, video/*,application/pdf");
    for (const std::string_view type :
         {"image/png", "IMAGE/png", "image/png;", "image/png; a=\"b\"", "image/png ;a", "video/mp4",
          "VIDEO/x-a.b+c", "application/pdf"})
        EXPECT_EQ(code_of_type(rules, type), "") << type;
    for (const std::string_view type : {"",
                                        "image",
                                        "image/",
                                        "/png",
                                        "image/pn",
                                        "image/pngs",
                                        "text/html",
                                        "image/png,",
                                        "image/png,text/html",
                                        ",image/png",
                                        "image/png;a=b,c",
                                        "image/png;a=\",\"",
                                        "video/*",
                                        "video/a*b",
                                        "*/*",
                                        "*",
                                        "video/",
                                        "video/a/b",
                                        "image/png text/html",
                                        "image /png",
                                        "image/png\ttext/html",
                                        "image/png\n",
                                        "image/\xc3\xa9",
                                        "text/html;image/png",
                                        "videos/mp4",
                                        "video",
                                        " ",
                                        ";",
                                        "image/png(a)",
                                        "image/png/"})
        EXPECT_EQ(code_of_type(rules, type), "42501") << type;
}

TEST(upload_rules, a_type_is_needed_where_an_object_begins) {
    const upload_rules rules = rules_for_types("image/png");
    EXPECT_EQ(code_of(rules, {s3::put_object, {}, {}}), "42501");
    EXPECT_EQ(code_of(rules, {s3::multipart_create, {}, {}}), "42501");
    for (const s3::operation* op : {&s3::get_object, &s3::multipart_part, &s3::multipart_complete,
                                    &s3::multipart_abort, &s3::multipart_list, &s3::delete_object})
        EXPECT_EQ(code_of(rules, {*op, {}, {}}), "") << op->name;
}

TEST(upload_rules, a_size_is_needed_and_limited) {
    const upload_rules rules = rules_for_size(100);
    const auto put = [&](std::string_view length) {
        const std::vector<field> headers{{"content-length", length}};
        return code_of(rules, {s3::put_object, {}, headers});
    };
    EXPECT_EQ(put("0"), "");
    EXPECT_EQ(put("100"), "");
    for (const std::string_view length :
         {"101", "9223372036854775807", "9223372036854775808", "99999999999999999999999999"})
        EXPECT_EQ(put(length), "42501") << length;
    EXPECT_EQ(code_of(rules, {s3::put_object, {}, {}}), "42501");

    const auto body = [&](std::int64_t bytes, std::vector<field> headers = {}) {
        return code_of(rules, {s3::put_object, {}, headers, bytes});
    };
    EXPECT_EQ(body(0), "");
    EXPECT_EQ(body(100), "");
    EXPECT_EQ(body(101), "42501");
    EXPECT_EQ(body(101, {{"content-length", "1"}}), "42501");
    EXPECT_EQ(body(1, {{"content-length", "101"}}), "42501");
}

TEST(upload_rules, a_multipart_upload_needs_a_provider_that_checks_its_size) {
    const upload_rules rules = rules_for_size(100);
    for (const s3::operation* op :
         {&s3::multipart_create, &s3::multipart_part, &s3::multipart_complete}) {
        EXPECT_EQ(code_of(rules, {*op, {}, {}}), "0A000") << op->name;
        EXPECT_EQ(code_of(rules, {*op, {}, {}, {}, true}),
                  op == &s3::multipart_complete ? "42501" : "")
            << op->name;
    }
    const auto complete = [&](std::string_view name, std::string_view size) {
        const std::vector<field> headers{{name, size}};
        return code_of(rules, {s3::multipart_complete, {}, headers, 5, true});
    };
    EXPECT_EQ(complete("x-amz-mp-object-size", "100"), "");
    EXPECT_EQ(complete("x-amz-mp-object-size", "101"), "42501");
    EXPECT_EQ(complete("content-length", "5"), "42501");
    for (const s3::operation* op : {&s3::multipart_abort, &s3::multipart_list, &s3::get_object})
        EXPECT_EQ(code_of(rules, {*op, {}, {}}), "") << op->name;
}

TEST(upload_rules, a_copy_is_refused_by_each_rule) {
    const upload_rules all[] = {rules_for_headers(R"({"x-amz-acl": "private"})"),
                                rules_for_types("image/png"), rules_for_size(100)};
    for (const upload_rules& rules : all)
        for (const std::string_view name :
             {"x-amz-copy-source", "x-goog-copy-source", "x-amz-copy-source-range"}) {
            const std::vector<field> copy{
                {"content-length", "1"}, {"content-type", "image/png"}, {name, "/a/b"}};
            EXPECT_EQ(code_of(rules, {s3::put_object, {}, copy, {}, true}), "42501") << name;
            EXPECT_EQ(code_of(rules, {s3::multipart_part, {}, copy, {}, true}), "42501") << name;
            const std::vector<field> good{copy[0], copy[1]}, query{{"X-Amz-Copy-Source", "/a/b"}};
            EXPECT_EQ(code_of(rules, {s3::put_object, {}, good, {}, true}), "");
            EXPECT_EQ(code_of(rules, {s3::put_object, query, good, {}, true}), "42501");
        }
    const std::vector<field> copy{{"x-amz-copy-source", "/a/b"}};
    EXPECT_EQ(code_of({}, {s3::put_object, {}, copy}), "");
}

TEST(upload_rules, own_headers_are_the_servers) {
    const upload_rules rules = rules_for_headers(R"({"X-Amz-Acl": "private"})");
    const std::vector<field> header{{"x-amz-acl", "a"}}, parameter{{"X-AMZ-ACL", "a"}};
    const auto check = [&](const s3::operation& op, const std::vector<field>& query,
                           const std::vector<field>& headers) {
        return error_of([&] { s3::check_own_headers(rules, op, query, headers); });
    };
    for (const s3::operation* op : {&s3::put_object, &s3::multipart_create, &s3::post_object}) {
        EXPECT_TRUE(check(*op, {}, header)) << op->name;
        EXPECT_TRUE(check(*op, parameter, {})) << op->name;
        EXPECT_FALSE(check(*op, {}, {{"x-amz-acls", "a"}})) << op->name;
    }
    EXPECT_FALSE(check(s3::get_object, {}, header));
}

TEST(upload_rules, a_form_has_the_servers_headers_type_and_size) {
    upload_rules rules = rules_for_headers(R"({"x-amz-acl": "private", "x-amz-meta-a": "b"})");
    s3::read_content_types(rules, "content_types", "image/*");
    s3::read_max_bytes(rules, "max_bytes", "1kB");
    s3::form_request form("key");
    form.set_content_type("image/png");
    form.limit_size(1, 1024);
    s3::apply_to_form(rules, form);
    ASSERT_EQ(form.fields().size(), 3u);
    EXPECT_EQ(form.fields()[1].name, "acl");
    EXPECT_EQ(form.fields()[2].name, "x-amz-meta-a");
    EXPECT_EQ(form.conditions().size(), 4u);

    const auto refused = [&](auto fill) {
        s3::form_request other("key");
        fill(other);
        return error_of([&] { s3::apply_to_form(rules, other); });
    };
    const auto e = refused([](auto& f) { f.limit_size(1, 1024); });
    ASSERT_TRUE(e);
    EXPECT_EQ(e->code, forbidden);
    EXPECT_TRUE(refused([](auto& f) { f.set_content_type("image/png"); }));
    EXPECT_TRUE(refused([](auto& f) {
        f.add_condition({sigv4::condition_kind::starts_with, "content-type", "image/png"});
        f.limit_size(1, 1024);
    }));
    EXPECT_TRUE(refused([](auto& f) {
        f.set_content_type("image/*");
        f.limit_size(1, 1024);
    }));
    EXPECT_TRUE(refused([](auto& f) {
        f.set_content_type("image/png");
        f.limit_size(1, 1025);
    }));
}

TEST(upload_rules, sizes_have_units_of_1024) {
    const std::pair<std::string_view, std::int64_t> sizes[] = {
        {"1", 1},
        {"7B", 7},
        {" 10 MB ", 10 << 20},
        {"3kB", 3 << 10},
        {"5GB", 5ll << 30},
        {"2TB", 2ll << 40},
        {"0010", 10},
        {"9223372036854775807", 9223372036854775807}};
    for (const auto& [text, bytes] : sizes) {
        upload_rules rules;
        s3::read_max_bytes(rules, "max_bytes", text);
        EXPECT_EQ(rules.max_bytes, bytes) << text;
    }
}

}  // namespace
}  // namespace s3sign
