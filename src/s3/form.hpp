// A POST form: the fields that a browser sends to upload one object, and the policy that restricts
// the fields and the object.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sigv4/policy.hpp"
#include "sigv4/signature.hpp"
#include "sigv4/time.hpp"

namespace s3sign::s3 {

// AWS: "The largest object that can be uploaded in a single PUT is 5 GB", and also by POST. In
// bytes.
inline constexpr std::int64_t largest_upload = std::int64_t{5} << 30;

// At the end of a key it stands for the name of the user's file.
inline constexpr std::string_view filename_variable = "${filename}";

// The form field with the effect of a PUT header (lower case), as far as S3 documents it; empty if
// there is none.
std::string_view form_field_of_header(std::string_view name);

struct form_field {
    std::string name;
    std::string value;
};

// What a form may upload. All strings are UTF-8.
class form_request {
   public:
    // 22023 if `${filename}` appears anywhere but at the end.
    explicit form_request(std::string_view key);

    // Limits the file's size in bytes, inclusive. The defaults are 0 and S3's maximum; no limit if
    // both are absent. 22023 unless 0 <= least <= most.
    void limit_size(std::optional<std::int64_t> least, std::optional<std::int64_t> most);

    // A media type, or the beginning of one followed by `*`. 22023 if it is empty or has a `*`
    // elsewhere.
    void set_content_type(std::string_view type);

    // Adds a field and the condition that it is unchanged. 22023 if the form sets the field or it
    // was added before.
    void add_field(std::string_view name, std::string_view value);

    // Adds the field with the effect of a PUT header. 22023 if there is none.
    void add_header(std::string_view name, std::string_view value);

    // Adds a field that no caller sets, and the condition that it is unchanged.
    void add_fixed(std::string_view name, std::string_view value);

    // Adds a condition. 22023 if the form or another argument sets the field or the size.
    void add_condition(sigv4::condition c);

    std::string_view key() const { return key_; }
    bool has_variable() const { return key_.ends_with(filename_variable); }

    // The lower-case names of the fields that were added, as fields or in conditions.
    const std::vector<std::string>& names() const { return names_; }

    // The largest size of the file in bytes; absent: not limited.
    std::optional<std::int64_t> most_bytes() const;

    const std::vector<form_field>& fields() const { return fields_; }
    const std::vector<sigv4::condition>& conditions() const { return conditions_; }

   private:
    void check_name(std::string_view name);

    std::string key_;
    bool sized_ = false;
    bool typed_ = false;
    std::vector<std::string> names_;
    std::vector<form_field> fields_;
    std::vector<sigv4::condition> conditions_;
};

// Who signs a form, for which bucket, when and for how long.
struct form_signer {
    std::string_view bucket;
    std::string_view identity;       // access key id
    std::string_view session_token;  // may be empty
    sigv4::timestamp time;
    std::int64_t expires;  // seconds after `time`
};

// All fields of the form except `file`, which must be the last one.
std::vector<form_field> sign_form(const form_request& request, const form_signer& signer,
                                  sigv4::signing_key& key);

}  // namespace s3sign::s3
