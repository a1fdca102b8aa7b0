#pragma once

#include <string>

namespace kit {

/// What the system lets this server do with something.
struct Rights {
  bool read = false;
  bool write = false;
  bool search = false;  ///< execute, which for a directory means to reach what is in it
};

/// All that the fact `perm` goes by.
struct Access {
  bool directory = false;
  bool link = false;      ///< the name is that of a symbolic link; `own` is about what it points to
  bool fixed = false;     ///< stays whatever its directory allows: the root, or kept by a sticky bit
  bool occupied = false;  ///< the session stands on it: RMD is refused
  Rights own;
  Rights parent;          ///< of the directory that it stands in
  bool may_write = true;  ///< false: the user's account is read-only
};

/// The letters of the commands that this server would carry out now (RFC 3659 7.5.5), in the order of the alphabet. Of
/// a file: a (APPE), d (DELE), f (RNFR), r (RETR), w (STOR, which needs the directory too: the new file is put in the
/// old one's place). Of a directory: c (STOU and STOR in it), d (RMD; never of a link), e (CWD), f (RNFR), l (LIST,
/// NLST, MLSD), m (MKD in it), p (DELE and RMD in it). Pure.
std::string perm_letters(const Access& access);

}  // namespace kit
