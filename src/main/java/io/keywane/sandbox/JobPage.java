package io.keywane.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Delivered jobs with the members that stand beside them; jobs are written from their ready-made JSON. */
record JobPage(List<CatalogueJob> jobs, Set<String> heavy, Map<String, Object> beside) {

    static JobPage of(Catalogue catalogue, SearchRequest request) {
        List<CatalogueJob> found = find(catalogue, request.criteria());
        Map<String, Object> beside = new LinkedHashMap<>();
        beside.put("total", found.size());
        beside.put("page", request.page());
        beside.put("page_size", request.pageSize());
        beside.put("total_pages", (found.size() + request.pageSize() - 1) / request.pageSize());
        beside.put("facets", catalogue.facets(found, request.facets()));
        long from = (request.page() - 1L) * request.pageSize();
        List<CatalogueJob> delivered = found.stream().skip(from).limit(request.pageSize()).toList();
        return new JobPage(delivered, request.heavy(), beside);
    }

    static List<CatalogueJob> find(Catalogue catalogue, JobCriteria criteria) {
        if (criteria.equals(JobCriteria.ANY)) {
            return catalogue.jobs();
        }
        return catalogue.jobs().stream().filter(criteria::accepts).toList();
    }

    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1_024 + 2_048 * jobs.size());
        out.writeBytes("{\"jobs\":[".getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < jobs.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            jobs.get(i).write(out, heavy);
        }
        out.write(']');
        byte[] rest = Json.LENIENT.writeValueAsBytes(beside);
        // The rest is an object of its own: its opening brace becomes the comma after the jobs.
        out.write(beside.isEmpty() ? '}' : ',');
        out.write(rest, 1, beside.isEmpty() ? 0 : rest.length - 1);
        return out.toByteArray();
    }
}
