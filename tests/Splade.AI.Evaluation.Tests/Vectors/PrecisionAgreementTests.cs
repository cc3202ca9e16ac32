
namespace Splade.AI.Evaluation.Tests.Vectors;

public sealed class PrecisionAgreementTests
{
    private static readonly string BertFolder = Path.Combine(Repository.TestData, "models", "random-bert-sum");
    private static readonly string DistilBertFolder = Path.Combine(Repository.TestData, "models", "random-distilbert-cased");
    private static readonly string[] Passages = [.. ReferenceVectors.Read("encode-passages.jsonl").Select(e => e.Text)];

    [Fact]
    public async Task MeasureAsync_SpladeTinyOnPassages_AgreesWell()
    {
        PrecisionAgreement agreement = await PrecisionAgreement.MeasureAsync(EngineFixture.ModelFolder, Passages);
        Assert.Equal(Passages.Length, agreement.Texts);
        Assert.InRange(agreement.MeanCosine, 0.997, 0.99999);
        Assert.InRange(agreement.MinCosine, 0.99, agreement.MeanCosine);
        Assert.InRange(agreement.MeanTopOverlap, 0.94, 1);
        Assert.InRange(agreement.MeanActiveDimensionsDrift, 1e-4, 0.08);
    }

    [Fact]
    public async Task MeasureAsync_OneEngineTwice_AgreesEntirely()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(BertFolder);
        var progress = new List<long>();
        PrecisionAgreement agreement = await PrecisionAgreement.MeasureAsync(
            engine, engine, Enumerable.Repeat("mars", 300), progress: new Told(progress.Add));
        Assert.Equal((300, 1.0, 0.0), (agreement.Texts, agreement.MeanTopOverlap, agreement.MeanActiveDimensionsDrift));
        Assert.Equal(1, agreement.MinCosine, 1e-6);
        Assert.Equal([256, 300], progress);
    }

    [Fact]
    public void ToAgreement_KnownVectors_EqualsTheDefinition()
    {
        var sums = new AgreementSums();
        SparseVector ones = new([.. Enumerable.Range(0, 12)], [.. Enumerable.Range(0, 12).Select(i => 12f - i)], 50);
        sums.Add(new([1, 2], [3f, 4f], 50), new([1], [2f], 50));
        sums.Add(new([], [], 50), new([], [], 50));
        sums.Add(new([], [], 50), new([4], [1f], 50));
        sums.Add(ones, ones);
        PrecisionAgreement agreement = sums.ToAgreement();
        Assert.Equal((0.6 + 1 + 0 + 1) / 4, agreement.MeanCosine, 1e-6);
        Assert.Equal(0, agreement.MinCosine);
        Assert.Equal((0.5 + 1 + 0 + 1) / 4, agreement.MeanTopOverlap);
        Assert.Equal((0.5 + 0 + 1 + 0) / 4, agreement.MeanActiveDimensionsDrift);
        Assert.Equal(
            "4 texts: cosine 0.6500 (least 0.0000), top-10 overlap 62.5 %, active dimensions 3.5 (drift 37.5 %)", agreement.ToString());
    }

    [Fact]
    public async Task MeasureAsync_NoTextsOrOtherModels_Throws()
    {
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(BertFolder), other = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        await Assert.ThrowsAsync<ArgumentNullException>("texts", () => PrecisionAgreement.MeasureAsync(BertFolder, null!));
        await Assert.ThrowsAsync<ArgumentException>("texts", () => PrecisionAgreement.MeasureAsync(engine, engine, []));
        await Assert.ThrowsAsync<ArgumentException>("texts", () => PrecisionAgreement.MeasureAsync(engine, engine, ["a", null!]));
        await Assert.ThrowsAsync<ArgumentException>("compared", () => PrecisionAgreement.MeasureAsync(engine, other, ["a"]));
        await Assert.ThrowsAsync<ArgumentNullException>("reference", () => PrecisionAgreement.MeasureAsync(null!, other, ["a"]));
    }

    [Fact]
    public async Task MeasureAsync_FileThatIsQuantisedAlready_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOf(DistilBertFolder);
        model.Replace("onnx/model.onnx", by: "onnx/model_qint8_avx512_vnni.onnx");
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => PrecisionAgreement.MeasureAsync(model.Folder, ["mars"]));
        Assert.Contains("Fast precision is not available, because its decoder is quantised", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MeasureAsync_Cancelled_Throws() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => PrecisionAgreement.MeasureAsync(BertFolder, ["mars"], cancellationToken: new CancellationToken(canceled: true)));

    private sealed class Told(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
