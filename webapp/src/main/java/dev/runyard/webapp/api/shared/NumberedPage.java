package dev.runyard.webapp.api.shared;

import java.util.List;

/// A page of a list whose pages have numbers.
///
/// @param data what is on it
/// @param pagination where it stands
public record NumberedPage<T>(List<T> data, Pagination pagination) {
    /// @param currentPage number of this page, from 1
    /// @param totalPages how many there are
    /// @param count things on all of them
    public record Pagination(int currentPage, int totalPages, int count) {}

    /// Makes a page.
    public static <T> NumberedPage<T> of(List<T> data, ReadPage.Numbered page, int count) {
        int pages = Math.ceilDiv(count, page.size());
        return new NumberedPage<>(data, new Pagination(page.number(), pages, count));
    }
}
