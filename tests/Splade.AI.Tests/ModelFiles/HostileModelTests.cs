using Splade.AI.ModelFiles;
using Splade.AI.Tests.TestData;

namespace Splade.AI.Tests.ModelFiles;

/// <summary>Folders that want to read what is not theirs, or to keep their reader for ever.</summary>
public sealed class HostileModelTests : IDisposable
{
    private const string Weights = "query_0_SparseStaticEmbedding/model.safetensors";
    private const string QueryConfig = "query_0_SparseStaticEmbedding/config.json";

    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "inference-free-idf"));
    private readonly TemporaryModel _plain = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "random-bert-sum"));

    public static TheoryData<string> SmallFiles => new(
        "config.json", "modules.json", "sentence_bert_config.json", "tokenizer_config.json", "config_sentence_transformers.json", "tokenizer.json",
        "1_SpladePooling/config.json", "README.md", "LICENSE", "onnx/model.onnx");

    public void Dispose()
    {
        _model.Dispose();
        _plain.Dispose();
    }

    [Theory]
    [InlineData("../../outside.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("/dev/zero")]
    [InlineData("/dev/stdin")]
    [InlineData("/proc/self/environ")]
    [InlineData("a\\u0000b")]
    [InlineData("x/.. /../y")]
    public async Task CreateAsync_WeightsOutsideTheFolder_AreRefused(string path)
    {
        await File.WriteAllTextAsync(Path.Combine(_model.Folder, "..", "outside.txt"), "the\t1.5");
        _model.Delete(Weights);
        _model.Write(QueryConfig, $$"""{"path": "{{path}}"}""");
        await AssertRefusedAsync(_model, QueryConfig, "leads out of the model's folder");
    }

    [Fact]
    public async Task CreateAsync_WeightsNamedInsideTheFolder_AreRead()
    {
        _model.Delete(Weights);
        _model.Write(QueryConfig, """{"path": "weights.txt"}""");
        _model.Write("query_0_SparseStaticEmbedding/weights.txt", "the\t1.5\n\nof\t1\n");
        await AssertRefusedAsync(_model, "query_0_SparseStaticEmbedding/weights.txt", "Line 2 is not a token");
        _model.Write("query_0_SparseStaticEmbedding/weights.txt", "the\t1.5\n\n");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(_model.Folder);
        Assert.True(engine.Model.HasInferenceFreeQueries);
    }

    [Fact]
    public async Task CreateAsync_NegativeWeight_IsRefused()
    {
        _model.Delete(Weights);
        _model.Write("idf.json", """{"[CLS]": 1.5, "[SEP]": -0.5}""");
        await AssertRefusedAsync(_model, "idf.json", "is -0.5, expected a finite number of 0 or more");
    }

    [UnixFact]
    public async Task CreateAsync_WeightsThatAreALinkOut_AreRefused()
    {
        _model.Delete(Weights);
        File.CreateSymbolicLink(_model.PathOf("idf.json"), "/dev/zero");
        await AssertRefusedAsync(_model, "idf.json", "outside the model's folder");
    }

    [UnixFact]
    public async Task CreateAsync_ModuleFolderThatIsALinkOut_IsRefused()
    {
        string elsewhere = Path.Combine(_model.Folder, "..", "elsewhere");
        Directory.Move(_model.PathOf("document_1_SpladePooling"), elsewhere);
        Directory.CreateSymbolicLink(_model.PathOf("document_1_SpladePooling"), elsewhere);
        await AssertRefusedAsync(_model, "router_config.json", "leads out of the model's folder");
    }

    [UnixFact]
    public async Task CreateAsync_FolderBehindALink_IsRead()
    {
        string link = Path.Combine(_plain.Folder, "..", "mine");
        Directory.CreateSymbolicLink(link, _plain.Folder);
        File.Move(_plain.PathOf("config.json"), _plain.PathOf("real.json"));
        File.CreateSymbolicLink(_plain.PathOf("config.json"), "real.json");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(link);
        Assert.Equal("mine", engine.Model.Name);
    }

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public async Task CreateAsync_NamedPipe_IsRefusedAtOnce(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.Delete(_plain.PathOf(file));
        NamedPipe.Make(_plain.PathOf(file));
        await AssertRefusedAsync(_plain, file, "Found a named pipe, expected a regular file");
    }

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public async Task CreateAsync_LinkToADevice_IsRefusedAtOnce(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.Delete(_plain.PathOf(file));
        File.CreateSymbolicLink(_plain.PathOf(file), "/dev/zero");
        await AssertRefusedAsync(_plain, file, "a link to '/dev/zero', which is outside the model's folder");
    }

    [Theory]
    [MemberData(nameof(SmallFiles))]
    public async Task CreateAsync_FolderInPlaceOfAFile_IsRefused(string file)
    {
        File.Delete(_plain.PathOf(file));
        Directory.CreateDirectory(_plain.PathOf(file));
        await AssertRefusedAsync(_plain, file, "Found a folder, expected a regular file");
    }

    [Theory]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 2000000000}""", "'max_seq_length' is 2000000000")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": 0}""", "'max_seq_length' is 0")]
    [InlineData("sentence_bert_config.json", """{"max_seq_length": -1}""", "'max_seq_length' is -1")]
    [InlineData("config.json", """{"max_position_embeddings": 2000000000}""", "'max_position_embeddings' is 2000000000")]
    public void Read_LimitThatNoModelHas_IsRefused(string file, string content, string reason)
    {
        _plain.Write(file, content);
        var e = Assert.Throws<SpladeModelException>(() => SpladeModel.Read(_plain.Folder));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1e30", 128)]
    [InlineData("2000000000", 128)]
    [InlineData("16.0", 16)]
    public void Read_LimitOfTheTokenizer_HugeOnesAreNone(string limit, int expected)
    {
        _plain.Delete("sentence_bert_config.json");
        _plain.Write("config.json", """{"max_position_embeddings": 128}""");
        _plain.Write("tokenizer_config.json", $$"""{"model_max_length": {{limit}}}""");
        Assert.Equal(expected, SpladeModel.Read(_plain.Folder).MaxTokens);
    }

    [Theory]
    [InlineData("config.json", """{"architectures": ["\ud800"]}""")]
    [InlineData("config.json", """{"\ud800": 1}""")]
    [InlineData("modules.json", """[{"type": "\ud800", "path": ""}]""")]
    [InlineData("modules.json", """[{"type": "x.Transformer", "path": "\ud800"}]""")]
    [InlineData("1_SpladePooling/config.json", """{"pooling_strategy": "\ud800"}""")]
    [InlineData("config_sentence_transformers.json", """{"prompts": {"\ud800": "a"}}""")]
    [InlineData("config_sentence_transformers.json", """{"prompts": {"a": "\ud800"}}""")]
    [InlineData("config_sentence_transformers.json", """{"similarity_fn_name": "\ud800"}""")]
    [InlineData("tokenizer.json", """{"version": "\ud800"}""")]
    public Task CreateAsync_HalfASurrogatePair_IsRefused(string file, string content) => AssertRefusedAsync(_plain, file, content, "");

    [Theory]
    [InlineData("router_config.json", """{"types": {"\ud800": "a"}, "structure": {"query": [], "document": []}}""")]
    [InlineData(QueryConfig, """{"path": "\ud800"}""")]
    [InlineData("idf.json", """{"\ud800": 1}""")]
    public async Task CreateAsync_HalfASurrogatePairInARouter_IsRefused(string file, string content)
    {
        _model.Delete(Weights);
        await AssertRefusedAsync(_model, file, content, "half a surrogate pair");
    }

    [Theory]
    [InlineData("a\\u0000b", "leads out of the model's folder")]
    [InlineData("CON", "leads out of the model's folder")]
    public Task CreateAsync_PathThatIsNone_IsRefused(string path, string reason) =>
        AssertRefusedAsync(_plain, "modules.json", $$"""[{"type": "x.Transformer", "path": "{{path}}"}]""", reason);

    [Fact]
    public Task CreateAsync_PathThatIsNoText_IsRefused() =>
        AssertRefusedAsync(_plain, "modules.json", """[{"type": "x.Transformer", "path": 1}]""", "'path' is 1, expected the name of a folder");

    [Fact]
    public async Task CreateAsync_PathsOfWindows_AreUnderstood()
    {
        Directory.CreateDirectory(_plain.PathOf("parts"));
        Directory.Move(_plain.PathOf("1_SpladePooling"), _plain.PathOf("parts/pooling"));
        _plain.Write("modules.json", """[{"type": "x.Transformer", "path": ""}, {"type": "x.SpladePooling", "path": "parts\\pooling"}]""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(_plain.Folder);
        Assert.Equal(PoolingStrategy.Sum, engine.Model.Pooling);
    }

    private static Task AssertRefusedAsync(TemporaryModel model, string file, string content, string reason)
    {
        model.Write(file, content);
        return AssertRefusedAsync(model, file, reason);
    }

    private static async Task AssertRefusedAsync(TemporaryModel model, string file, string reason)
    {
        var e = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(model.Folder).WaitAsync(TimeSpan.FromMinutes(1)));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal(model.PathOf(file), e.Path);
    }
}
