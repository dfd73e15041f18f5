package dev.toile.report;

import java.util.List;

/** The numbers of a plot as a folded table: what it says to those who do not see it, and to those who want digits. */
final class DataTable {

    private DataTable() {}

    /**
     * The table as HTML.
     *
     * @param what it shows, unique in the page
     * @param heads of the columns; the first column names the row
     * @param rows of plain text, each as long as the heads
     */
    static String folded(String what, List<String> heads, List<List<String>> rows) {
        StringBuilder out = new StringBuilder();
        out.append("<details class=\"values\"><summary>Values as a table</summary>\n")
                .append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
                .append(Markup.text(what))
                .append("\"><table>\n<thead><tr>");
        for (int i = 0; i < heads.size(); i++) {
            out.append(i == 0 ? "<th scope=\"col\">" : "<th scope=\"col\" class=\"number\">")
                    .append(Markup.text(heads.get(i)))
                    .append("</th>");
        }
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                out.append(i == 0 ? "<th scope=\"row\">" : "<td class=\"number\">")
                        .append(Markup.text(row.get(i)))
                        .append(i == 0 ? "</th>" : "</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody></table></div>\n</details>\n").toString();
    }
}
