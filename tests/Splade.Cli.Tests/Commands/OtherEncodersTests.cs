using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Splade.AI;
using Splade.AI.Remote;
using Splade.Cli.Serving;
using Splade.Cli.Tests.Serving;

namespace Splade.Cli.Tests.Commands;

/// <summary>Commands take every sparse encoder, told by its folder or by the name bm25, and refuse by name what they cannot serve.</summary>
public sealed class OtherEncodersTests
{
    private const string Query = "red planet";
    private const string Text = "Mars is the red planet.";

    public static TheoryData<string> Encoders => new() { "bm25", "random-bm42", "random-bge-m3", "inference-free-idf" };

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Encode_AnyEncoder_GivesItsVectors(string encoder)
    {
        (int exitCode, string output, string error) = await SpladeCommand.PipeAsync($"{Text}\n", "encode", Folder(encoder));

        Assert.Equal((0, ""), (exitCode, error));
        SparseVector expected = await ExpectedAsync(encoder, EmbeddingInputType.Document);
        JsonElement line = JsonDocument.Parse(output).RootElement;
        Assert.Equal(expected.Indices.ToArray(), line.GetProperty("indices").EnumerateArray().Select(i => i.GetInt32()));
        Assert.Equal(expected.Values.ToArray(), line.GetProperty("values").EnumerateArray().Select(v => v.GetSingle()));
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Explain_AnyEncoder_TellsTermsAndScore(string encoder)
    {
        (int exitCode, string output, string error) = await SpladeCommand.RunAsync("explain", Folder(encoder), Query, Text, "--json");

        Assert.Equal((0, ""), (exitCode, error));
        float expected = (await ExpectedAsync(encoder, EmbeddingInputType.Query)).Dot(await ExpectedAsync(encoder, EmbeddingInputType.Document));
        Assert.Equal(expected, JsonDocument.Parse(output).RootElement.GetProperty("score").GetSingle(), 1e-4f);
        (exitCode, output, _) = await SpladeCommand.RunAsync("explain", Folder(encoder), Text);
        Assert.Equal(0, exitCode);
        Assert.NotEmpty(output);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Eval_AnyEncoder_IsARunBesideBm25(string encoder)
    {
        using var folder = new TemporaryFolder();
        folder.Write("corpus.jsonl", $$"""
            {"_id": "mars", "text": "{{Text}}"}
            {"_id": "bread", "text": "Bread bakes in a hot oven."}
            """);
        folder.Write("queries.jsonl", $$"""{"_id": "q1", "text": "{{Text}}"}""" + "\n" + """{"_id": "q2", "text": "bread in the oven"}""");
        folder.Write("qrels.tsv", "query-id\tcorpus-id\tscore\nq1\tmars\t1\nq2\tbread\t1\n");

        (int exitCode, string output, string error) = await SpladeCommand.RunAsync(
            "eval", folder.Path, "--model", Folder(encoder), "--run-out", folder.PathOf("runs"));

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("sparse", output, StringComparison.Ordinal);
        Assert.Equal("mars", (await File.ReadAllLinesAsync(folder.PathOf("runs/sparse.trec")))[0].Split(' ')[2]);
    }

    [Theory]
    [MemberData(nameof(Encoders))]
    public async Task Serve_AnyEncoder_GivesItsVectorsAndIdentity(string encoder)
    {
        await using EncoderServer server = await EncoderServer.StartAsync(RunningServer.Settings with { Folder = Folder(encoder) }, CancellationToken.None);
        using var client = new HttpClient { BaseAddress = server.Address };
        using var generator = new TeiSparseEmbeddingGenerator(client, new TeiSparseEmbeddingGeneratorOptions(server.Address)
        {
            QueryPromptName = "query",
            DocumentPromptName = "document",
        });

        foreach (EmbeddingInputType inputType in Enum.GetValues<EmbeddingInputType>())
        {
            string text = inputType == EmbeddingInputType.Query ? Query : Text;
            GeneratedEmbeddings<SparseEmbedding> found = await generator.GenerateAsync(
                [text], new SpladeEmbeddingGenerationOptions { Encoding = { InputType = inputType, LongTextHandling = LongTextHandling.Truncate } });
            Assert.Equal(await ExpectedAsync(encoder, inputType), found[0].Vector);
        }

        Assert.Equal(server.Models.Identity, generator.GetService(typeof(SparseModelIdentity)));
        JsonElement info = await client.GetFromJsonAsync<JsonElement>(new Uri("info", UriKind.Relative));
        Assert.True(info.GetProperty("max_input_length").GetInt32() > 0);
    }

    [Theory]
    [InlineData("compare", "random-bm42", "This is BM42, and the command is for SPLADE models. `splade encode`, `splade explain`, `splade eval`")]
    [InlineData("compare", "bm25", "bm25: This is BM25, and the command is for SPLADE models.")]
    [InlineData("encode", "random-minicoil", "miniCOIL, which goes to MiniCoilEncoder of the library, and to no command")]
    [InlineData("encode", "random-cross-encoder", "a reranker goes to `splade rerank`")]
    [InlineData("encode", "bm25-english", "the word lists of BM25, and no model: give bm25 in the place of a folder")]
    public async Task Command_FolderThatItCannotServe_NamesItAndWhatTakesIt(string command, string model, string words)
    {
        string[] arguments = command == "compare" ? [command, Folder(model), Query, "-"] : [command, Folder(model)];
        (int exitCode, _, string error) = await SpladeCommand.PipeAsync($"{Text}\n", arguments);
        Assert.Equal(1, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bm25", "--precision", "fast", "--precision fast is for SPLADE models, and BM25 has nothing of the kind. Leave it out.")]
    [InlineData("random-bm42", "--activation", "relu", "--activation is for SPLADE models, and BM42 has nothing of the kind. Leave it out.")]
    [InlineData("random-bge-m3", "--long-text", "max", "--long-text asks for SlidingWindowMax, but vectors of this model are not put together by their maxima")]
    [InlineData("random-bm42", "--max-length", "4000", "--max-length is 4000, but random-bm42 reads 96 tokens.")]
    public async Task Encode_OptionThatTheEncoderDoesNotHave_IsRefused(string encoder, string option, string value, string words)
    {
        (int exitCode, _, string error) = await SpladeCommand.PipeAsync($"{Text}\n", "encode", Folder(encoder), option, value);
        Assert.Equal(1, exitCode);
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pull_ListsOfWords_SaysThatThereIsNothingToFetch()
    {
        (int exitCode, _, string error) = await SpladeCommand.RunAsync("pull", "Qdrant/bm25");
        const string Expected =
            "splade: Qdrant/bm25: There is no model in it, only lists of stop words, so there is nothing to fetch. Give bm25 in the place of a folder.\n";
        Assert.Equal((1, Expected), (exitCode, error));
    }

    private static string Folder(string encoder) => encoder == "bm25" ? encoder : Path.Combine(Repository.TestData, "models", encoder);

    private static async Task<SparseVector> ExpectedAsync(string encoder, EmbeddingInputType inputType)
    {
        using IEmbeddingGenerator<string, SparseEmbedding> generator =
            encoder == "bm25" ? new Bm25EmbeddingGenerator() : await SparseEncoders.OpenAsync(Folder(encoder));
        return (await generator.GenerateAsync(
            inputType == EmbeddingInputType.Query ? Query : Text, new SpladeEmbeddingGenerationOptions { Encoding = { InputType = inputType } })).Vector;
    }
}
