#pragma once

#include "session.h"
#include "transfer_seams.h"

namespace kit {

/// As make_lines() of lab 5, but of a long listing a second thread makes lines too, as long as it lasts: nearly all the
/// time of a listing is the kernel's, one call for each name. Memory does not grow with the number of lines: nobody
/// makes more than a few pieces ahead. There is one thread less than processors for that in the whole program; who
/// finds none free makes all lines himself. Given.
void make_lines_together(std::size_t count, const LineMaker& line_of, const LinesVisitor& visit);

/// Puts it in the place of the default that offer_transfers() has put in; to be called behind it. Given.
void offer_shared_lines(ServerContext& context);

}  // namespace kit
