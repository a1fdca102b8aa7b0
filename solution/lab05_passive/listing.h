#pragma once

#include <sys/stat.h>

#include <ctime>
#include <string>
#include <string_view>

namespace kit {

/// One name in a directory, with what a listing says about it.
struct ListingEntry {
  std::string name;
  struct stat status {};
  std::string link_target;  ///< where a symbolic link points to, as it is stored; "" for everything else
};

/// The first column of `ls -l`: "-rw-r--r--", "drwxr-xr-x", "lrwxrwxrwx"; one letter for the kind of file ('-' file,
/// 'd' directory, 'l' link, 'p' FIFO, 's' socket, 'c' and 'b' devices, '?' anything else), then r, w, x or '-' for
/// owner, group and others. Setuid and setgid show in the x of owner and group as 's' ('S' without x), the sticky bit
/// in the x of the others as 't' ('T'). Pure.
std::string mode_text(mode_t mode);

/// The date as `ls -l` shows it, always 12 bytes, always UTC and English: "Mar  9 07:05" for the six months before
/// `now`, "Mar  9  2021" for everything older and everything in the future. Six months are half a Gregorian year,
/// 15,778,476 s. A time whose year has no place there is shown as "Jan  1  1970". Pure.
std::string listing_time(std::time_t when, std::time_t now);

/// One line of LIST, without its CRLF: mode, links, owner, group, size, date, name; of a link also " -> target". Owner
/// and group are numbers: names would cost a look-up each, and tell strangers who has an account here. Clients take
/// this apart by blanks, so there is exactly one blank between the date and the name, and the name stands there byte
/// for byte, its own blanks included. A target that could forge a line (see listable) is left out. Pure.
std::string listing_line(const ListingEntry& entry, std::time_t now);

/// Whether a name can stand in a listing: one with CR or LF in it would be taken for two lines, and one of them for a
/// file that does not exist. Pure.
bool listable(std::string_view name);

/// The path in the argument of LIST, NLST or STAT: what is left behind options as `ls` has them ("-la dir" -> "dir",
/// "-l -a" -> "", "-la  x" -> " x"). People and programs send them, though no RFC knows them; here they are read over.
/// An option is a '-' and one or more letters or digits, up to a blank or the end; so "-", "-x.txt" and "./-la" are
/// paths. Pure.
std::string_view listing_path(std::string_view argument);

}  // namespace kit
