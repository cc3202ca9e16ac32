using System.Reflection;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Splade.AI.ModelFiles;
using Splade.AI.ModelFiles.Hub;
using Splade.AI.Onnx;

namespace Splade.AI.Tests;

/// <summary>Folders are told by what they hold, and opened as that or refused by its name.</summary>
public sealed class SparseEncodersTests
{
    [Theory]
    [InlineData("random-bert-sum", EncoderKind.Splade)]
    [InlineData("inference-free-idf", EncoderKind.Splade)]
    [InlineData("inference-free-bare", EncoderKind.Splade)]
    [InlineData("random-bm42", EncoderKind.Bm42)]
    [InlineData("random-bge-m3", EncoderKind.BgeM3)]
    [InlineData("random-minicoil", EncoderKind.MiniCoil)]
    [InlineData("bm25-english", EncoderKind.Bm25)]
    [InlineData("random-cross-encoder", EncoderKind.CrossEncoder)]
    [InlineData("random-cross-encoder-nli", EncoderKind.CrossEncoder)]
    [InlineData("random-cross-encoder-xlmr", EncoderKind.CrossEncoder)]
    [InlineData("checkpoint-variants/dense-mean", EncoderKind.Dense)]
    public void KindOf_Folder_IsWhatItHolds(string model, EncoderKind expected) => Assert.Equal(expected, SparseEncoders.KindOf(Folder(model)));

    [Fact]
    public async Task KindOf_ExportOfBgeM3WithItsHeadsInTheGraph_IsToldByItsOutputs()
    {
        using var folder = new TemporaryFolder();
        string export = folder.Copy(Folder("random-bge-m3"), "export");
        Array.ForEach(Directory.GetFiles(export, "*_linear.*"), File.Delete);
        Array.ForEach(Directory.GetFiles(Path.Combine(export, "onnx"), "contract_*"), File.Delete);

        Assert.Equal(EncoderKind.BgeM3, SparseEncoders.KindOf(export));
        using IEmbeddingGenerator<string, SparseEmbedding> opened = await SparseEncoders.OpenAsync(export);
        Assert.NotNull(opened.GetService<BgeM3Encoder>());
    }

    [Theory]
    [InlineData("random-minicoil", "miniCOIL, which goes to MiniCoilEncoder: its values are of either sign, so that it is no embedding generator")]
    [InlineData("bm25-english", "the word lists of BM25, and no model: BM25 is new Bm25EmbeddingGenerator()")]
    [InlineData("random-cross-encoder", "a reranker goes to CrossEncoderReranker")]
    [InlineData("checkpoint-variants/dense-mean", "a dense model, which goes to DenseEmbeddingGenerator")]
    public async Task OpenAsync_FolderOfNoSparseEncoder_IsRefusedByNameWithWhatOpensIt(string model, string words)
    {
        SpladeModelException refusal = await Assert.ThrowsAsync<SpladeModelException>(() => SparseEncoders.OpenAsync(Folder(model)));
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Expected a sparse encoder: SPLADE, BM42 or BGE-M3.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FolderThatSaysNothing_IsNotGuessed()
    {
        using var folder = new TemporaryFolder();
        string bare = folder.Copy(Folder("checkpoint-variants/dense-mean"), "bare");
        File.Delete(Path.Combine(bare, "modules.json"));
        File.Delete(Path.Combine(bare, "config_sentence_transformers.json"));

        Assert.Null(SparseEncoders.KindOf(bare));
        SpladeModelException refusal = await Assert.ThrowsAsync<SpladeModelException>(() => SparseEncoders.OpenAsync(bare));
        Assert.Contains("that nothing there says the kind of", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_InferenceFreeFolderWithoutActivation_AsksForIt()
    {
        using var folder = new TemporaryFolder();
        string bare = OpenedEncoders.CopyBareFolder(folder);
        SpladeModelException refusal = await Assert.ThrowsAsync<SpladeModelException>(() => SparseEncoders.OpenAsync(bare));
        Assert.Contains("Set SpladeEngineOptions.Activation", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("random-bm42", "BM42", nameof(SpladeEngineOptions.Precision))]
    [InlineData("random-bm42", "BM42", nameof(SpladeEngineOptions.Activation))]
    [InlineData("random-bge-m3", "BGE-M3", nameof(SpladeEngineOptions.DropSpecialTokens))]
    public async Task OpenAsync_OptionsOfSplade_AreRefusedForOthers(string model, string kind, string option)
    {
        var options = new SpladeEngineOptions(Folder(model));
        PropertyInfo property = typeof(SpladeEngineOptions).GetProperty(option)!;
        property.SetValue(options, property.PropertyType == typeof(bool) ? true
            : option == nameof(SpladeEngineOptions.Precision) ? Precision.Fast : SpladeActivation.Relu);

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(() => SparseEncoders.OpenAsync(options));
        Assert.Contains($"The options set {option}, which {kind} does not have", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_OptionsOfAllKinds_HoldForOthers()
    {
        var options = new SpladeEngineOptions(Folder("random-bm42")) { Encoding = { MaxTokens = 12 } };
        using IEmbeddingGenerator<string, SparseEmbedding> opened = await SparseEncoders.OpenAsync(options);
        Assert.Equal(12, opened.GetRequiredService<Bm42EmbeddingGenerator>().MaxTokens);
    }

    [Fact]
    public void ToKind_EveryOptionThatKindsShare_IsTakenOver()
    {
        var options = new SpladeEngineOptions("folder")
        {
            Hub = new SpladeModelHub(),
            Encoding = { MaxTokens = 77 },
            ModelFile = "model.onnx",
            SpecialTokensInText = false,
            LoggerFactory = NullLoggerFactory.Instance,
            ExecutionProvider = ExecutionProvider.Auto,
            DeviceIds = [1, 3],
            Threads = 3,
            ConcurrentRuns = 5,
            GivenFolder = "given",
            DecoderPlace = DecoderPlace.TiledGraph,
            Screen = false,
            Cascade = false,
        };
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        PropertyInfo[] shared = typeof(EncoderOptions).GetProperties(Own);
        var unset = new SpladeEngineOptions("other");
        Assert.All(shared, property => Assert.NotEqual(property.GetValue(unset), property.GetValue(options)));

        Bm42Options copy = options.ToKind<Bm42Options>();

        Assert.All(
            shared.Where(property => property.Name != nameof(EncoderOptions.Encoding)),
            property => Assert.Equal(property.GetValue(options), property.GetValue(copy)));
        Assert.Equal(77, copy.Encoding.MaxTokens);
        Assert.NotSame(options.Encoding, copy.Encoding);
    }

    [Theory]
    [InlineData("random-bert-sum")]
    [InlineData("random-bm42")]
    [InlineData("random-bge-m3")]
    public async Task Dispose_Opened_FreesTheModel(string model)
    {
        IEmbeddingGenerator<string, SparseEmbedding> opened = await SparseEncoders.OpenAsync(Folder(model));
        opened.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => opened.GenerateAsync(["red planet"]));
    }

    private static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);
}
