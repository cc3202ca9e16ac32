using System.Text.Json;
using Splade.Cli.Tests.TestData;

namespace Splade.Cli.Tests.Commands;

/// <summary>What a model runs on, as the command line asks for it. The tests' native library has no CUDA.</summary>
public sealed class EngineParametersTests
{
    [Fact]
    public async Task Encode_ThreadsAndWorkers_GivesTheSameVectors()
    {
        (_, string expected, _) = await SpladeCommand.PipeAsync("hello\nsea", "encode", Files.Model);
        (int exitCode, string output, string error) =
            await SpladeCommand.PipeAsync("hello\nsea", "encode", Files.Model, "--device", "cpu", "--threads", "1", "--workers", "3");
        Assert.Equal((0, "", expected), (exitCode, error, output));
    }

    [Fact]
    public async Task Encode_ActivationOfAFolderThatDoesNotSay_IsTaken()
    {
        string folder = Directory.CreateTempSubdirectory("splade-tests-").FullName;
        try
        {
            foreach (string file in new[] { "config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx" })
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, file))!);
                File.Copy(Path.Combine(Files.Model, file), Path.Combine(folder, file));
            }

            (_, string once, _) = await SpladeCommand.PipeAsync("hello", "encode", folder, "--activation", "relu");
            (int exitCode, string twice, _) = await SpladeCommand.PipeAsync("hello", "encode", folder, "--activation", "log1p_relu");
            (_, string plain, _) = await SpladeCommand.PipeAsync("hello", "encode", Files.Model);
            Assert.Equal(0, exitCode);
            Assert.Equal(plain, once);
            Assert.NotEqual(plain, twice);

            await File.WriteAllTextAsync(Path.Combine(folder, "idf.json"), """{"hello": 1.5}""");
            (_, _, string unsaid) = await SpladeCommand.RunAsync("encode", folder);
            Assert.Contains("Give --activation relu for OpenSearch's models of versions 1 and 2, --activation log1p_relu for", unsaid, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Encode_CudaThatIsNotThere_FailsWithTheRemedy()
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync("hello", "encode", Files.Model, "--device", "cuda:0,cuda:1");
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("cuda:0 cannot be used", error, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML.OnnxRuntime.Gpu", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_AutoWithoutCuda_WarnsAndNamesTheProcessors()
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("doctor", Files.Model, "--device", "auto", "--json");
        Assert.Equal(0, exitCode);
        Assert.Contains("is not run on cuda:0", error, StringComparison.Ordinal);
        JsonElement model = JsonDocument.Parse(output).RootElement.GetProperty("model");
        Assert.Equal(["cpu"], model.GetProperty("devices").EnumerateArray().Select(d => d.GetString()));
    }

    [Theory]
    [InlineData("--device", "gpu")]
    [InlineData("--device", "cuda:")]
    [InlineData("--device", "cuda:-1")]
    [InlineData("--device", "cuda:0,cuda:0")]
    [InlineData("--device", "cuda:0,cpu")]
    [InlineData("--threads", "0")]
    [InlineData("--workers", "many")]
    [InlineData("--activation", "gelu")]
    public async Task Encode_ImpossibleValues_AreWrongUsage(string option, string value)
    {
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("encode", Files.Model, option, value);
        Assert.Equal(2, exitCode);
        Assert.StartsWith($"splade: {option} is '{value}', expected ", error, StringComparison.Ordinal);
    }
}
