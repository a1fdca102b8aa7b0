#pragma once

namespace kit {

/// How data travels (RFC 959 5.1 gives the defaults). A part of the session, changed by TYPE, STRU and MODE only.
struct TransferParameters {
  enum class Type { ascii, image };
  enum class Form { non_print, telnet };  ///< of TYPE A; equal here: files have no vertical format (RFC 1123 4.1.2.2)
  enum class Structure { file, record };  ///< record is for lab 7
  enum class Mode { stream, block };      ///< block is for lab 7

  Type type = Type::ascii;
  Form form = Form::non_print;
  Structure structure = Structure::file;
  Mode mode = Mode::stream;
};

}  // namespace kit
