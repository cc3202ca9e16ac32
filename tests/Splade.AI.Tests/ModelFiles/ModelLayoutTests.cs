using Splade.AI.ModelFiles;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>A folder of any kind of model is read as what it is, or refused by the name of that.</summary>
public sealed class ModelLayoutTests
{
    private const string IsSplade = "a SPLADE model goes to SpladeEngine";
    private const string IsDense = "a dense model goes to DenseEmbeddingGenerator";
    private const string IsReranker = "a cross-encoder (reranker)";

    /// <summary>Each folder of models, and what is said where it is given to an engine and to a dense generator; null where it loads.</summary>
    private static readonly (string Folders, string? Splade, string? Dense)[] Outcomes =
    [
        ("splade-tiny random-bert-sum random-distilbert-cased random-roberta-bpe random-xlmr-unigram random-modernbert-bpe", null, IsSplade),
        ("inference-free-idf", null, "The modules are [Router]"),
        ("inference-free-bare", "SpladeEngineOptions.Activation", "As a SPLADE model it goes to SpladeEngine"),
        ("all-minilm-l6-v2-int8", IsDense, null),
        ("bm25-english", "the word lists of BM25", "the word lists of BM25"),
        ("random-bm42", "The folder holds BM42", "The folder holds BM42"),
        ("random-minicoil", "The folder holds miniCOIL", "The folder holds miniCOIL"),
        ("random-bge-m3", "The folder holds BGE-M3", "The folder holds BGE-M3"),
        ("random-cross-encoder random-cross-encoder-nli random-cross-encoder-xlmr", IsReranker, IsReranker),
        ("bert-gamma-beta bfloat16 decoder-kept decoder-untied float16 nonzero-bert nonzero-distilbert", null, IsSplade),
        ("nonzero-modernbert nonzero-roberta nonzero-xlmr sharded torch-sharded torch-views torch-zip torch-zip-float16 torch-zip-gamma-beta", null, IsSplade),
        ("head-missing", "cls.predictions", IsSplade),
        ("torch-legacy", "before 1.6", IsSplade),
        ("dense-cls dense-mean dense-mean-prefixed", IsDense, null),
        ("refused", "config.json", "no modules.json"),
    ];

    [SharedFact]
    public async Task CreateAsync_EachFolderOfModels_LoadsOrIsNamed()
    {
        const string Variants = "checkpoint-variants";
        string models = Path.Combine(Repository.Shared!, "models");
        string[] folders =
        [
            .. Directory.GetDirectories(models).Where(f => Path.GetFileName(f) != Variants),
            .. Directory.GetDirectories(Path.Combine(models, Variants)),
        ];
        var outcomes = Outcomes.SelectMany(o => o.Folders.Split(' ').Select(name => (Name: name, o.Splade, o.Dense))).ToDictionary(o => o.Name);
        Assert.Equal(outcomes.Keys.Order(StringComparer.Ordinal), folders.Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        foreach (string folder in folders)
        {
            (string name, string? splade, string? dense) = outcomes[Path.GetFileName(folder)];
            AssertOutcome(name, splade, await ErrorOfAsync(() => SpladeEngine.CreateAsync(folder)));
            AssertOutcome(name, dense, await ErrorOfAsync(() => DenseEmbeddingGenerator.CreateAsync(folder)));
            var reranker = new CrossEncoderRerankerOptions(folder) { Label = "0" };
            AssertOutcome(name, splade == IsReranker ? null : "", await ErrorOfAsync(() => CrossEncoderReranker.CreateAsync(reranker)));
        }
    }

    [Theory]
    [InlineData("BertModel", "stopwords.txt", "BM42")]
    [InlineData("BertForMaskedLM", "stopwords.txt", "BM42")]
    [InlineData("BertModel", "minicoil.triplet.model.npy", "miniCOIL")]
    [InlineData("XLMRobertaModel", "sparse_linear.pt", "BGE-M3")]
    [InlineData("XLMRobertaForMaskedLM", "sparse_linear.safetensors", "BGE-M3")]
    [InlineData("BertForSequenceClassification", null, "goes to CrossEncoderReranker")]
    [InlineData("Qwen3ForCausalLM", null, "generates text")]
    [InlineData("BertForTokenClassification", null, "another task")]
    public void Read_BareFolderOfAnotherKind_IsNamedByBoth(string architecture, string? file, string kind)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Delete("modules.json");
        model.Write("config.json", $$"""{"architectures": ["{{architecture}}"], "max_position_embeddings": 128}""");
        model.Write(file ?? "README.md", "");
        Assert.Contains(kind, Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder)).Message, StringComparison.Ordinal);
        Assert.Contains(kind, Assert.Throws<SpladeModelException>(() => DenseModel.Read(model.Folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SentenceTransformersLayoutOnRoberta_IsSplade()
    {
        // The layout of IBM's Granite sparse models.
        SpladeModel model = SpladeModel.Read(Path.Combine(Repository.TestData, "models", "random-roberta-bpe"));
        Assert.Equal(("RobertaForMaskedLM", PoolingStrategy.Max, SpladeActivation.Relu), (model.Architecture, model.Pooling, model.Activation));
    }

    [Fact]
    public void Read_WordListsOfBm25_AreNamedByBoth()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        Directory.Delete(model.Folder, recursive: true);
        Directory.CreateDirectory(model.Folder);
        model.Write("config.json", "{}");
        model.Write("english.txt", "the\n");
        Assert.Contains("BM25", Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder)).Message, StringComparison.Ordinal);
        Assert.Contains("BM25", Assert.Throws<SpladeModelException>(() => DenseModel.Read(model.Folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CrossEncoder", "a cross-encoder (reranker), which goes to CrossEncoderReranker")]
    [InlineData("MultiVectorEncoder", "ColBERT")]
    [InlineData("SentenceTransformer", "expected SparseEncoder")]
    public void Read_ModelTypeOfAnotherKind_IsRefused(string type, string reason)
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.Write("config_sentence_transformers.json", $$"""{"model_type": "{{type}}"}""");
        var error = Assert.Throws<SpladeModelException>(() => SpladeModel.Read(model.Folder));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(model.PathOf("config_sentence_transformers.json"), error.Path);
    }

    private static void AssertOutcome(string folder, string? expected, string? found) => Assert.True(
        expected is null ? found is null : found?.Contains(expected, StringComparison.Ordinal) == true, $"{folder}: expected '{expected}', found '{found}'.");

    private static async Task<string?> ErrorOfAsync<T>(Func<Task<T>> create)
        where T : IAsyncDisposable
    {
        try
        {
            await using T loaded = await create();
            return null;
        }
        catch (SpladeModelException e)
        {
            return e.Message;
        }
    }
}
