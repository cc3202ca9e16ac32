using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

public sealed class WeightsCommandTests : IDisposable
{
    private const string Text = "The Moon pulls on the ocean.";

    private readonly TemporaryModel _model = TemporaryModel.CopyOf(Path.Combine(Repository.TestData, "models", "checkpoint-variants", "nonzero-bert"));

    public void Dispose() => _model.Dispose();

    [Fact]
    public async Task Export_Weights_WritesAFileThatGivesTheSameVectors()
    {
        (_, string expected, _) = await SpladeCommand.PipeAsync(Text, "encode", _model.Folder);

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("export", _model.Folder, _model.PathOf("model.onnx"));

        Assert.Equal((0, $"{_model.PathOf("model.onnx")}\n", ""), (exitCode, output, error));
        _model.Delete("model.safetensors");
        (_, string actual, _) = await SpladeCommand.PipeAsync(Text, "encode", _model.Folder);
        Assert.Equal(Indices(expected), Indices(actual));
    }

    [Fact]
    public async Task Export_FileThatIsThere_IsRefusedInOneLine()
    {
        _model.Write("out.onnx", "mine");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("export", _model.Folder, _model.PathOf("out.onnx"), "--file", "model.safetensors");

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("out.onnx: There is such a file already.", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_model.PathOf("out.onnx")));
    }

    [Fact]
    public async Task Tokenize_FolderWithAVocabularyAlone_ReadsIt()
    {
        JsonElement tokenizer = JsonElement.Parse(File.ReadAllText(_model.PathOf("tokenizer.json")));
        IEnumerable<string> tokens = tokenizer.GetProperty("model").GetProperty("vocab").EnumerateObject().OrderBy(t => t.Value.GetInt32()).Select(t => t.Name);
        (_, string expected, _) = await SpladeCommand.PipeAsync(Text, "tokenize", _model.Folder);
        _model.Write("vocab.txt", string.Join('\n', tokens) + "\n");
        _model.Write("tokenizer_config.json", """{"tokenizer_class": "BertTokenizer", "do_lower_case": false}""");
        _model.Delete("tokenizer.json");

        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync(Text, "tokenize", _model.Folder);

        Assert.Equal((0, expected, ""), (exitCode, output, error));
    }

    private static string Indices(string output) => Assert.Single(Files.ParseLines(output)).GetProperty("indices").ToString();
}
