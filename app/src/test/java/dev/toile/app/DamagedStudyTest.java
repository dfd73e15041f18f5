package dev.toile.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toile.catalog.Catalog;
import dev.toile.catalog.study.CandidateSpace;
import dev.toile.catalog.study.Study;
import dev.toile.catalog.study.StudyReader;
import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Problem;
import dev.toile.stack.evaluation.Evaluation;
import dev.toile.stack.evaluation.Evaluator;
import dev.toile.stack.evaluation.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** However a study is damaged, it is refused at a line, or it runs and ends in results; the program never fails. */
class DamagedStudyTest {

    private static final StudyReader READER = new StudyReader(Catalog.bundled());

    @Provide
    Arbitrary<List<StudyMutations.Mutation>> mutations() {
        return StudyMutations.some();
    }

    @Provide
    Arbitrary<String> studies() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path study : Toile.studies()) {
            texts.add(Files.readString(study));
        }
        return Arbitraries.of(texts);
    }

    @Property(tries = 9000, shrinking = ShrinkingMode.BOUNDED)
    void isRefusedOrRead(
            @ForAll("studies") String study, @ForAll("mutations") List<StudyMutations.Mutation> mutations) {
        read(StudyMutations.damaged(study, mutations));
    }

    /** The first design of the first and of the last candidate, since a damaged space may be huge. */
    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED)
    void runsIfItReads(@ForAll("studies") String study, @ForAll("mutations") List<StudyMutations.Mutation> mutations) {
        Study read = read(StudyMutations.damaged(study, mutations));
        if (read == null) {
            return;
        }
        Evaluator evaluator = new Evaluator(read.workload());
        List<CandidateSpace> all = read.candidates();
        for (CandidateSpace space : all.size() == 1 ? all : List.of(all.getFirst(), all.getLast())) {
            Evaluation evaluation =
                    evaluator.evaluate(space.at(new int[space.axes().size()]));
            if (evaluation instanceof Evaluation.Infeasible(var _, String reason)) {
                assertThat(reason).isNotBlank();
            }
            for (String figure : Figures.names(evaluation)) {
                Figures.value(evaluation, figure);
                Figures.explain(evaluation, figure);
            }
        }
    }

    private static Study read(String text) {
        try {
            return READER.parse("a.yaml", text, Toile.STUDIES);
        } catch (BadInput bad) {
            for (Problem problem : bad.problems()) {
                assertThat(problem.location().line())
                        .isBetween(1, text.lines().toList().size() + 1);
                assertThat(problem.what()).isNotBlank();
            }
            return null;
        }
    }
}
