#include "redact/redact.hpp"

#include "redact/redactor.hpp"

namespace s3sign::redact {

char* put_redacted(char* out, std::string_view text, pace& p) {
    return redactor(out, text, p).run();
}

}  // namespace s3sign::redact
