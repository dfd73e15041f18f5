package dev.toile.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toile.catalog.text.BadInput;
import dev.toile.catalog.text.Documents;
import dev.toile.catalog.text.MapNode;
import dev.toile.catalog.text.Node;
import dev.toile.stack.mapping.attention.AttentionConstants;
import dev.toile.stack.mapping.matmul.MatmulFormat;
import dev.toile.stack.mapping.matmul.MatmulKernels;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RelativesTest {

    private static final String FITTED = """
        sources: {fit: {title: fitted}}
        generations:
          old: {launch: 3 us, paths: {wide: {issue: 1, depth: 64}}}
          new: {launch: 2 us, paths: {wide: {issue: 0.9, depth: 64}, narrow: {issue: 0.7, depth: 128}}}
        """;

    private static MapNode tree(String text) throws BadInput {
        return (MapNode) Documents.parse("example.yaml", text);
    }

    private static MapNode after(String relatives) throws BadInput {
        return new Relatives(tree(relatives)).after(tree(FITTED), "generations", "products");
    }

    private static String at(MapNode in, String path) {
        Node found = in;
        for (String key : path.split("\\.", -1)) {
            found = Objects.requireNonNull(((MapNode) found).get(key), path);
        }
        return found.seen();
    }

    @Test
    void aRelativeTakesWhatItDoesNotChange() throws BadInput {
        MapNode all = after("""
            sources: {guess: {title: a guess}}
            products:
              card:
                like: old
                launch: {value: 1 us, source: guess, note: "its clock is higher"}
                paths: {narrow: {like: new.paths.narrow, issue: 0.5}}
              cards-sister: {like: card, launch: 4 us}
            """);
        assertThat(at(all, "generations.card.launch")).isEqualTo("1 us");
        assertThat(at(all, "generations.card.paths.wide.depth")).isEqualTo("64");
        assertThat(at(all, "generations.card.paths.narrow.issue")).isEqualTo("0.5");
        assertThat(at(all, "generations.card.paths.narrow.depth")).isEqualTo("128");
        assertThat(at(all, "generations.cards-sister.paths.narrow.issue")).isEqualTo("0.5");
        assertThat(at(all, "generations.old.launch")).isEqualTo("3 us");
        assertThat(at(all, "sources.guess.title")).isEqualTo("a guess");
    }

    @Test
    void nobodyIsLikeWhatIsNotThere() {
        assertThatThrownBy(() -> after("products: {card: {like: old.paths.none}}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("there are no such constants");
    }

    @Test
    void aChangeHasASource() {
        assertThatThrownBy(() -> after("products: {card: {like: old, launch: {value: 1 us, source: rumour}}}"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no known source");
    }

    @Test
    void theBundledRelativesFollowTheFits() {
        Catalog catalog = Catalog.bundled();
        MatmulKernels ampere = kernels(catalog, "ampere");
        MatmulKernels ada = kernels(catalog, "ada");
        MatmulKernels hopper = kernels(catalog, "hopper");
        assertThat(ada.operandBytes()).isEqualTo(ampere.operandBytes());
        assertThat(ada.path(MatmulFormat.FP8).extraLaunch())
                .isEqualTo(hopper.path(MatmulFormat.FP8).extraLaunch());
        assertThat(ada.path(MatmulFormat.FP8).skinny().rows()).isEqualTo(8);
        assertThat(kernels(catalog, "blackwell-rtx").path(MatmulFormat.FP4).stepDepth())
                .isEqualTo(kernels(catalog, "blackwell").path(MatmulFormat.FP4).stepDepth());
    }

    @Test
    void cardsDecodeWithTheSixteenBitKernelWhateverTheCache() {
        Map<String, AttentionConstants> attention =
                Map.of("ada", constants("ada"), "rtx", constants("blackwell-rtx"), "hopper", constants("hopper"));
        AttentionConstants hopper = Objects.requireNonNull(attention.get("hopper"));
        AttentionConstants ada = Objects.requireNonNull(attention.get("ada"));
        assertThat(ada.dispatch().gainsInEight()).isTrue();
        assertThat(hopper.dispatch().gainsInEight()).isFalse();
        assertThat(Objects.requireNonNull(ada.groupedEight()).ctaCycles())
                .isEqualTo(hopper.grouped().ctaCycles());
        assertThat(ada.grouped().stream()).isLessThan(1);
        assertThat(Objects.requireNonNull(attention.get("rtx")).prefill()).isEqualTo(ada.prefill());
    }

    private static MatmulKernels kernels(Catalog catalog, String id) {
        return Objects.requireNonNull(catalog.kernels().matmul().get(id), id).kernels();
    }

    private static AttentionConstants constants(String id) {
        return Objects.requireNonNull(Catalog.bundled().attention().get(id), id).constants();
    }
}
