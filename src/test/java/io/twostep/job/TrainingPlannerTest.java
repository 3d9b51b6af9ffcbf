package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.CategoryEncoding;
import io.twostep.features.ColumnPolicy;
import io.twostep.features.Encoding;
import io.twostep.features.MissingNumber;
import io.twostep.features.NumberScaling;
import io.twostep.features.SplitRule;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.network.NetworkDefinition;
import io.twostep.network.NetworkShape;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.training.Recipe;
import io.twostep.training.Sgd;
import io.twostep.training.SplitShares;
import io.twostep.web.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class TrainingPlannerTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private static final Dataset PENGUINS = dataset(
            "ds_1",
            "penguins",
            new DatasetColumn("species", ColumnType.CATEGORY, 0, 3),
            new DatasetColumn("island", ColumnType.CATEGORY, 0, 3),
            new DatasetColumn("bill_length_mm", ColumnType.NUMBER, 2, 164),
            new DatasetColumn("year", ColumnType.INTEGER, 0, 3),
            new DatasetColumn("code", ColumnType.CATEGORY, 0, 1),
            new DatasetColumn("empty", ColumnType.NUMBER, 344, 0));

    private static final NetworkDefinition SMALL = new NetworkDefinition(
            "net_1", "small", NetworkSpec.hidden(LayerSpec.Dense.of(4, new Activation.Tanh())), Instant.EPOCH);

    private final JsonMapper json = Json.mapper();
    private final List<NetworkShape> sizes = new ArrayList<>();
    private final TrainingPlanner planner = planner(PENGUINS, DataSize.ofMegabytes(1));

    @Test
    void fillsInTheDefaults() {
        JobSubmission plan = plan("{'dataset':'penguins','target':'species'}");

        assertThat(plan.datasetId()).isEqualTo("ds_1");
        assertThat(plan.datasetSha256()).isEqualTo(PENGUINS.sha256());
        assertThat(plan.networkId()).isNull();
        assertThat(plan.modelName()).isEqualTo("penguins");
        assertThat(plan.recipe().features()).containsExactly("island", "bill_length_mm", "year", "code", "empty");
        Initializer start = new Initializer.GlorotUniform();
        assertThat(plan.recipe().network())
                .isEqualTo(NetworkSpec.hidden(
                        new LayerSpec.Dense(128, new Activation.Relu(), start, start),
                        new LayerSpec.Dense(64, new Activation.Relu(), start, start)));
        assertThat(plan.recipe().training().seed()).isZero();
        assertThat(plan.recipe().arithmetic()).isEqualTo("fast");
    }

    @Test
    void takesEverythingThatIsSaid() {
        JobSubmission plan = plan("""
                {'dataset':'ds_1','network':'small','target':'species','exclude':['year','code','empty'],'epochs':7,
                 'batch_size':16,'optimizer':{'type':'sgd','learning_rate':0.5},'regularization':{'l2':0.0001},
                 'split':{'validation':0,'test':0},'stop':{'patience':3},'seed':5,'model':'birds',
                 'arithmetic':'portable'}""");

        assertThat(plan.networkId()).isEqualTo("net_1");
        assertThat(plan.modelName()).isEqualTo("birds");
        assertThat(plan.recipe().network()).isEqualTo(SMALL.spec());
        assertThat(plan.recipe().features()).containsExactly("island", "bill_length_mm");
        assertThat(plan.recipe().split()).isEqualTo(new SplitShares(0, 0));
        assertThat(plan.recipe().training().epochs()).isEqualTo(7);
        assertThat(plan.recipe().training().batchSize()).isEqualTo(16);
        assertThat(plan.recipe().training().optimizer()).isEqualTo(new Sgd(0.5));
        assertThat(plan.recipe().training().regularization().l2()).isEqualTo(0.0001);
        assertThat(plan.recipe().training().stop().patience()).isEqualTo(3);
        assertThat(plan.recipe().training().seed()).isEqualTo(5);
        assertThat(plan.recipe().arithmetic()).isEqualTo("portable");
    }

    @Test
    void takesANetworkThatIsDescribedInPlace() {
        JobSubmission plan = plan("{'dataset':'penguins','target':'species','network':{'layers':[]}}");

        assertThat(plan.networkId()).isNull();
        assertThat(plan.recipe().network()).isEqualTo(NetworkSpec.hidden());
    }

    @Test
    void keepsTheOrderOfTheFeaturesThatAreAskedFor() {
        JobSubmission plan =
                plan("{'dataset':'penguins','target':'species','features':['year','island'],'exclude':['code']}");

        assertThat(plan.recipe().features()).containsExactly("year", "island");
    }

    @Test
    void measuresTheNetworkAgainstTheColumns() {
        plan("{'dataset':'penguins','target':'species','network':'small','features':['island','bill_length_mm']}");

        // 3 islands and a place for none, 1 number; 4 units; 3 species
        assertThat(sizes).containsExactly(NetworkShape.of(SMALL.spec(), 5, 3));
    }

    @Test
    void saysEverythingThatIsMissing() {
        assertRefused(
                "{'dataset':'penguin','network':'smal','target':'species'}",
                ErrorCode.REFERENCE_NOT_FOUND,
                new Problem("/dataset", "there is no dataset \"penguin\""),
                new Problem("/network", "there is no network \"smal\""));
    }

    @Test
    void saysEverythingThatBreaksARule() {
        assertThatThrownBy(() -> plan("""
                        {'dataset':'penguins','target':'species','epochs':0,'batch_size':0,'model':'a b',
                         'arithmetic':'slow','epochz':1}"""))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyInAnyOrder(
                                        new Problem(
                                                "/epochz", "there is no field \"epochz\" (did you mean \"epochs\"?)"),
                                        new Problem("/epochs", "must be >= 1 and <= 1000000 but was 0"),
                                        new Problem("/batch_size", "must be >= 1 and <= 2147483647 but was 0"),
                                        new Problem("/arithmetic", "must be fast or portable but was \"slow\""),
                                        new Problem(
                                                "/model",
                                                "must be 1 to 64 letters, digits, dots, dashes and underscores, begin "
                                                        + "with a letter or digit, and not look like an id, but was \"a b\"")));
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        assertRefused(
                "{'dataset':'penguins','target':'specie','exclude':['year','yeer'],'features':['islnd']}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/exclude/1", "the dataset has no column \"yeer\" (did you mean \"year\"?)"),
                new Problem("/features/0", "the dataset has no column \"islnd\" (did you mean \"island\"?)"),
                new Problem("/target", "the dataset has no column \"specie\" (did you mean \"species\"?)"));
    }

    @Test
    void refusesToPredictTheTargetFromItself() {
        assertRefused(
                "{'dataset':'penguins','target':'species','features':['species','year','year']}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/features/0", "is the target"),
                new Problem("/features", "names a column twice"));
        assertRefused(
                "{'dataset':'penguins','target':'species','exclude':['species']}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/exclude/0", "is the target"));
    }

    @Test
    void refusesToPredictFromNothing() {
        assertRefused(
                "{'dataset':'penguins','target':'species','exclude':['island','bill_length_mm','year','code','empty']}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/exclude", "leaves no column to predict from"));
    }

    @Test
    void refusesATargetThatTeachesNothing() {
        assertRefused(
                "{'dataset':'penguins','target':'code'}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/target", "has the same value in all rows: there is nothing to tell apart"));
        assertRefused(
                "{'dataset':'penguins','target':'empty'}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/target", "has a value in fewer than 2 rows"));
        assertRefused(
                "{'dataset':'penguins','target':'species','task':'regression'}",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/task", "must be classification, since the target is text"));
    }

    @Test
    void refusesAnOutputThatDoesNotFitTheTarget() {
        assertRefused(
                """
                {'dataset':'penguins','target':'bill_length_mm',
                 'network':{'layers':[],'output':{'activation':'softmax'}}}""",
                ErrorCode.INVALID_REQUEST,
                new Problem("/network/output/activation", "softmax answers with classes, but the target is a number"));
    }

    @Test
    void refusesMoreExamplesThanThereIsRoomFor() {
        // 1 MB is 762 numbers for each of 344 rows; a category has an input for each value and one for none.
        assertThat(withTickets(ColumnType.NUMBER, 3, 754).recipe().features()).containsExactly("ticket", "island");
        assertNoRoom(
                () -> withTickets(ColumnType.NUMBER, 3, 758),
                new Problem(
                        "/features",
                        "make up to 762 inputs for each of 344 rows, more than the 1 MB that"
                                + " twostep.job.examples-on-disk allows; the most of them come from \"ticket\": exclude"
                                + " it if it tells nothing"));
        assertNoRoom(
                () -> withTickets(ColumnType.CATEGORY, 1000, 3),
                new Problem(
                        "/target",
                        "makes up to 1000 outputs for each of 344 rows, more than the 1 MB that"
                                + " twostep.job.examples-on-disk allows"));
    }

    @Test
    void makesRoomForNoMoreCategoriesThanAreKept() {
        Dataset dataset = dataset(
                "ds_3",
                "tickets",
                new DatasetColumn("what", ColumnType.NUMBER, 0, 300),
                new DatasetColumn("ticket", ColumnType.TEXT, 0, 5_000_000));
        planner(dataset, DataSize.ofMegabytes(2)).plan(request("{'dataset':'tickets','target':'what'}"));

        // 1,000 tickets, one place for the others and one for none
        assertThat(sizes.get(0).layers().get(0).inputs()).isEqualTo(1_002);
    }

    private JobSubmission withTickets(ColumnType type, long values, long tickets) {
        Dataset dataset = dataset(
                "ds_2",
                "tickets",
                new DatasetColumn("what", type, 0, values),
                new DatasetColumn("ticket", ColumnType.TEXT, 0, tickets),
                new DatasetColumn("island", ColumnType.CATEGORY, 0, 2));
        return planner(dataset, DataSize.ofMegabytes(1)).plan(request("{'dataset':'tickets','target':'what'}"));
    }

    private static void assertNoRoom(ThrowingCallable plan, Problem problem) {
        assertThatThrownBy(plan)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.problems()).containsExactly(problem));
    }

    @Test
    void letsTheRequestDecideWhatTheTargetIs() {
        assertThat(plan("{'dataset':'penguins','target':'year','task':'regression'}")
                        .recipe()
                        .task())
                .isEqualTo(TargetKind.REGRESSION);
        assertThat(sizes.get(0).layers().get(2).units()).isEqualTo(1);

        plan("{'dataset':'penguins','target':'year'}");
        assertThat(sizes.get(1).layers().get(2).units()).isEqualTo(3);
    }

    @Test
    void readsNoRequestThatLacksItsMainParts() {
        assertThatThrownBy(() -> plan("{'network':7,'epochz':3}"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .contains("/dataset", "/target", "/network", "/epochz"));
    }

    @Test
    void refusesABatchWhoseBuffersAreTooLarge() {
        TrainingPlanner narrow = planner(PENGUINS, DataSize.ofGigabytes(1), DataSize.ofKilobytes(16));
        String job = "{'dataset':'penguins','target':'species','network':'small','batch_size':%d}";
        narrow.plan(request(job.formatted(32)));
        assertThatThrownBy(() -> narrow.plan(request(job.formatted(100_000))))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
                    assertThat(e.problems()).singleElement().satisfies(problem -> {
                        assertThat(problem.pointer()).isEqualTo("/batch_size");
                        assertThat(problem.detail()).contains("for this network", "but was 100000");
                    });
                });
    }

    @Test
    void refusesToNormalizeBatchesOfOneRow() {
        String job = "{'dataset':'penguins','target':'species','batch_size':%d,"
                + "'network':{'layers':[{'type':'residual','layers':['batch_normalization']}]}}";
        plan(job.formatted(2));
        sizes.clear();
        assertRefused(
                job.formatted(1),
                ErrorCode.INVALID_REQUEST,
                new Problem(
                        "/batch_size",
                        "must be >= 2 for a network with batch_normalization, but was 1: a row has no variance"));
    }

    @Test
    void refusesABlockThatTheInputsCannotFit() {
        String job = "{'dataset':'penguins','target':'species','features':[%s],"
                + "'network':{'layers':['dropout',{'type':'residual','layers':[{'type':'dense','units':%d}]}]}}";
        plan(job.formatted("'bill_length_mm','year'", 2));
        plan(job.formatted("'island','year'", 4));
        sizes.clear();
        assertRefused(
                job.formatted("'bill_length_mm','year'", 3),
                ErrorCode.INVALID_REQUEST,
                new Problem(
                        "/network/layers/1",
                        "takes the network's 2 inputs, but gives 3 units, and both are added: end it with a dense layer of 2 "
                                + "units, or put a dense layer of 3 units before it"));
        assertRefused(
                job.formatted("'island','year'", 6),
                ErrorCode.INVALID_REQUEST,
                new Problem(
                        "/network/layers/1",
                        "takes the network's inputs, which are 1 to 5, but gives 6 units, and both are added: put a dense "
                                + "layer of 6 units before it"));
    }

    @Test
    void learnsNotFromTheColumnThatDividesTheRowsUnlessItIsAskedTo() {
        String by = "'split':{'by':{'type':'group','column':'island'}}";

        Recipe recipe =
                plan("{'dataset':'penguins','target':'species'," + by + "}").recipe();
        assertThat(recipe.features()).containsExactly("bill_length_mm", "year", "code", "empty");
        assertThat(recipe.split()).isEqualTo(new SplitShares(0.2, 0, new SplitRule.Group("island")));
        assertThat(json.readValue(json.writeValueAsString(recipe), Recipe.class))
                .isEqualTo(recipe);
        assertThat(plan("{'dataset':'penguins','target':'species','features':['island','year']," + by + "}")
                        .recipe()
                        .features())
                .containsExactly("island", "year");
    }

    @Test
    void leavesTheSharesToAColumnThatSaysThem() {
        Recipe recipe =
                plan("{'dataset':'penguins','target':'species','split':{'by':{'type':'column','column':'code'}}}")
                        .recipe();

        assertThat(recipe.split()).isEqualTo(new SplitShares(0, 0, new SplitRule.Column("code")));
        assertThat(json.readValue(json.writeValueAsString(recipe), Recipe.class))
                .isEqualTo(recipe);
        assertThatThrownBy(() -> plan("""
                        {'dataset':'penguins','target':'species',
                         'split':{'test':0.1,'by':{'type':'column','column':'code'}}}"""))
                .hasMessage(
                        "/split/by a column says which rows are for validation and test: there is no share to choose");
    }

    @Test
    void readsASplitThatWasStoredBeforeThereWereRules() {
        assertThat(json.readValue("{\"validation\":0.25,\"test\":0.1}", SplitShares.class))
                .isEqualTo(new SplitShares(0.25, 0.1, new SplitRule.Random()));
    }

    @Test
    void refusesASplitThatItsColumnCannotMake() {
        String split = "{'dataset':'penguins','target':'%s','split':{'by':%s}}";
        assertRefused(
                split.formatted("species", "{'type':'group','column':'iland'}"),
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/split/by/column", "the dataset has no column \"iland\" (did you mean \"island\"?)"));
        assertRefused(
                split.formatted("species", "{'type':'group','column':'species'}"),
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/split/by/column", "is the target"));
        assertRefused(
                split.formatted("species", "{'type':'time','column':'bill_length_mm'}"),
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/split/by/column", "must have a value in each row but has none in 2"));
        assertRefused(
                split.formatted("species", "{'type':'column','column':'year'}"),
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/split/by/column", "must say train, validation or test but holds numbers"));
        assertRefused(
                split.formatted("bill_length_mm", "'stratified'"),
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/split/by", "stratified asks for the classes of one target, but the target is a number"));
    }

    @Test
    void takesAnEncodingOfEachColumn() {
        Encoding encoding = plan("""
                {'dataset':'penguins','target':'species','encoding':{'numeric':'robust','category':'hash','columns':{
                 'year':{'numeric':'log','missing':{'type':'constant','value':2008}},
                 'island':{'category':{'type':'one_hot','min_count':5},'unseen':'reject'}}}}""").recipe().encoding();

        assertThat(encoding.policy("bill_length_mm", UnseenCategory.OTHER))
                .isEqualTo(new ColumnPolicy(
                        NumberScaling.ROBUST,
                        new MissingNumber.Median(),
                        new CategoryEncoding.Hash(256),
                        UnseenCategory.OTHER,
                        Encoding.DEFAULT.dateParts()));
        assertThat(encoding.policy("year", UnseenCategory.OTHER).numeric()).isEqualTo(NumberScaling.LOG);
        assertThat(encoding.policy("year", UnseenCategory.OTHER).missing()).isEqualTo(new MissingNumber.Constant(2008));
        assertThat(encoding.policy("island", UnseenCategory.OTHER).category())
                .isEqualTo(new CategoryEncoding.OneHot(5, 1_000));
        assertThat(encoding.policy("island", UnseenCategory.OTHER).unseen()).isEqualTo(UnseenCategory.REJECT);
    }

    @Test
    void storesAnEncodingAsItIsRead() {
        Recipe recipe = plan("""
                {'dataset':'penguins','target':'species','encoding':{'missing':'indicator','columns':{
                 'year':{'numeric':'min_max'}}}}""").recipe();
        String stored = json.writeValueAsString(recipe);

        assertThat(stored)
                .contains("\"encoding\":{\"numeric\":\"standard\",\"missing\":\"indicator\",\"category\":"
                        + "{\"type\":\"one_hot\",\"min_count\":1,\"max_categories\":1000},"
                        + "\"date_parts\":[\"epoch\",\"year\",\"month\",\"weekday\",\"time\"],"
                        + "\"columns\":{\"year\":{\"numeric\":\"min_max\"}}}");
        assertThat(json.readValue(stored, Recipe.class)).isEqualTo(recipe);
    }

    @Test
    void measuresTheNetworkAgainstTheEncoding() {
        plan("""
                {'dataset':'penguins','target':'species','network':'small','features':['island','bill_length_mm','year'],
                 'encoding':{'missing':'indicator','category':{'type':'hash','buckets':8}}}""");
        plan("""
                {'dataset':'penguins','target':'species','network':'small','features':['island'],
                 'encoding':{'category':{'type':'one_hot','max_categories':2}}}""");
        plan("""
                {'dataset':'penguins','target':'species','network':'small','features':['island','code'],
                 'encoding':{'category':'target_mean'}}""");
        plan("""
                {'dataset':'penguins','target':'bill_length_mm','network':'small','features':['island'],
                 'encoding':{'category':'target_mean'}}""");

        assertThat(sizes)
                .containsExactly(
                        NetworkShape.of(SMALL.spec(), 8 + 1 + 2 + 1, 3), // no year is missing
                        NetworkShape.of(SMALL.spec(), 2 + 1 + 1, 3),
                        NetworkShape.of(SMALL.spec(), 2 + 2, 3),
                        NetworkShape.of(SMALL.spec(), 1, 1));
    }

    @Test
    void refusesAnEncodingThatDoesNotFitItsColumn() {
        assertRefused(
                """
                {'dataset':'penguins','target':'species','exclude':['code'],'encoding':{'columns':{
                 'yeer':{'numeric':'log'},'code':{},'species':{},'island':{'numeric':'log','missing':'mean'},
                 'year':{'category':'hash','unseen':'reject'}}}}""",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/encoding/columns/code", "is no column to predict from"),
                new Problem("/encoding/columns/species", "is no column to predict from"),
                new Problem("/encoding/columns/yeer", "the dataset has no column \"yeer\" (did you mean \"year\"?)"),
                new Problem("/encoding/columns/island/numeric", "is for numbers, but the column holds text"),
                new Problem("/encoding/columns/island/missing", "is for numbers, but the column holds text"),
                new Problem("/encoding/columns/year/category", "is for text, but the column holds numbers"),
                new Problem("/encoding/columns/year/unseen", "is for text, but the column holds numbers"));
    }

    @Test
    void refusesToHashWhereUnseenCategoriesAreRefused() {
        String detail = "must not be hash where unseen categories are refused, for column \"%s\": a hash tells nothing"
                + " unseen";
        assertRefused(
                """
                {'dataset':'penguins','target':'species','unseen':'reject','encoding':{'category':'hash','columns':{
                 'code':{'category':{'type':'hash','buckets':3}}}}}""",
                ErrorCode.INCOMPATIBLE_DATASET,
                new Problem("/encoding/category", detail.formatted("island")),
                new Problem("/encoding/columns/code/category", detail.formatted("code")));
    }

    @Test
    void saysWhereAnEncodingBreaksARule() {
        assertThatThrownBy(() -> plan("""
                        {'dataset':'penguins','target':'species','encoding':{'numeric':'minmax','missing':'constant',
                         'category':{'type':'one_hot','min_count':0,'buckets':3},
                         'columns':{'year':{'missing':{'type':'constant','value':'x'}},'island':null}}}"""))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .containsExactlyInAnyOrder(
                                        "/encoding/numeric",
                                        "/encoding/missing/value",
                                        "/encoding/category/buckets",
                                        "/encoding/category/min_count",
                                        "/encoding/columns/year/missing/value"));
        assertThatThrownBy(() -> plan("{'dataset':'penguins','target':'species','encoding':{'columns':{'year':null}}}"))
                .hasMessage("/encoding/columns/year must not be null");
    }

    private JobSubmission plan(String request) {
        return planner.plan(request(request));
    }

    private TrainingRequest request(String request) {
        return json.readValue(request.replace('\'', '"'), TrainingRequest.class);
    }

    private TrainingPlanner planner(Dataset dataset, DataSize examplesLimit) {
        return planner(dataset, examplesLimit, DataSize.ofMegabytes(100));
    }

    private TrainingPlanner planner(Dataset dataset, DataSize examplesLimit, DataSize batchLimit) {
        return new TrainingPlanner(
                name -> Optional.of(dataset).filter(it -> name.equals(it.id()) || name.equals(it.name())),
                name -> Optional.of(SMALL).filter(it -> name.equals(it.id()) || name.equals(it.name())),
                choice -> Optional.empty(),
                sizes::add,
                examplesLimit,
                batchLimit,
                () -> NOW);
    }

    @Test
    void knowsHowUrgentTheJobIs() {
        JobSubmission urgent = plan("""
                {'dataset':'penguins','target':'species','priority':-7,'deadline':'2026-03-01T10:00:00.0019Z'}""");
        JobSubmission usual = plan("{'dataset':'penguins','target':'species'}");

        assertThat(urgent.priority()).isEqualTo(-7);
        assertThat(urgent.deadline()).isEqualTo(Instant.parse("2026-03-01T10:00:00.001Z"));
        assertThat(usual.priority()).isZero();
        assertThat(usual.deadline()).isNull();
    }

    @Test
    void refusesToBeginWithAModelThatIsNotThere() {
        assertRefused(
                "{'dataset':'penguins','target':'species','warm_start':{'model':'none'}}",
                ErrorCode.REFERENCE_NOT_FOUND,
                new Problem("/warm_start/model", "there is no model \"none\""));
        assertRefused(
                "{'dataset':'penguins','target':'species','warm_start':{'model':'none','version':3}}",
                ErrorCode.REFERENCE_NOT_FOUND,
                new Problem("/warm_start", "there is no version 3 of a model \"none\""));
    }

    @Test
    void refusesADeadlineThatHasPassedOrThatNobodyCanStore() {
        for (String deadline : List.of("2026-03-01T10:00:00Z", "+10000-01-01T00:00:00Z")) {
            assertRefused(
                    "{'dataset':'penguins','target':'species','deadline':'" + deadline + "'}",
                    ErrorCode.INVALID_REQUEST,
                    new Problem("/deadline", "must be in the future and before the year 10000 but was " + deadline));
        }
    }

    private void assertRefused(String request, ErrorCode code, Problem... problems) {
        assertThatThrownBy(() -> plan(request)).isInstanceOfSatisfying(ServiceException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.problems()).containsExactly(problems);
        });
        assertThat(sizes).isEmpty();
    }

    private static Dataset dataset(String id, String name, DatasetColumn... columns) {
        return new Dataset(id, name, 344, List.of(columns), "cd".repeat(32), 1000, Instant.EPOCH, null);
    }
}
