using Microsoft.Extensions.AI;
using Splade.AI.Remote.Tests.TestDoubles;

namespace Splade.AI.Remote.Tests.Tei;

public sealed class TeiEmbeddingGeneratorTests
{
    [Fact]
    public async Task Generate_ManyTexts_ComeInTheirOrder()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.EmbedDense, TeiScript.Info(TeiScript.Dense));
        using TeiEmbeddingGenerator generator = Over(server);

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync([.. Enumerable.Range(0, 100).Select(TeiScript.Text)]);

        Assert.Equal(Enumerable.Range(0, 100), embeddings.Select(e => (int)e.Vector.Span[0]));
        Assert.Equal(4, server.Posts.Count());
        Assert.All(server.Posts, r => Assert.StartsWith("""{"truncate":false,"truncation_direction":"Right","normalize":true,"inputs":[""", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Generate_Dimensions_AreAskedForAndExpected()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.EmbedDense, TeiScript.Info(TeiScript.Dense));
        using TeiEmbeddingGenerator generator = Over(server, options => options.Normalize = false);

        await generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 3 });
        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(
            () => generator.GenerateAsync(["a"], new EmbeddingGenerationOptions { Dimensions = 2 }));

        Assert.Contains("found 3 numbers for the text at position 0, expected 2", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"normalize\":false,\"dimensions\":3,", server.Posts.First().Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[[1,2],null]")]
    [InlineData("[[],[]]")]
    [InlineData("[[1,2],[1]]")]
    [InlineData("[[1,2],[1,1e39]]")]
    [InlineData("[[1,2],[1,NaN]]")]
    [InlineData("[1,2]")]
    public async Task Generate_AnswerThatIsNoVectors_IsRefused(string answer)
    {
        await using ScriptedServer server = await TeiScript.StartAsync(_ => answer, TeiScript.Info(TeiScript.Dense));
        using TeiEmbeddingGenerator generator = Over(server);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a", "b"]));

        Assert.Contains("embed gave an answer that cannot be used", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Generate_OverASparseModelOrForEntries_IsRefused()
    {
        await using ScriptedServer server = await TeiScript.StartAsync(TeiScript.EmbedDense);
        using TeiEmbeddingGenerator generator = Over(server);
        await using ScriptedServer dense = await TeiScript.StartAsync(TeiScript.EmbedDense, TeiScript.Info(TeiScript.Dense));
        using TeiEmbeddingGenerator other = Over(dense);

        RemoteEncoderException error = await Assert.ThrowsAsync<RemoteEncoderException>(() => generator.GenerateAsync(["a"]));
        await Assert.ThrowsAsync<ArgumentException>(
            () => other.GenerateAsync(["a"], new SpladeEmbeddingGenerationOptions { Encoding = { MaxActiveDimensions = 3 } }));

        Assert.Contains("expected a dense encoder", error.Message, StringComparison.Ordinal);
    }

    private static TeiEmbeddingGenerator Over(ScriptedServer server, Action<TeiEmbeddingGeneratorOptions>? configure = null)
    {
        var options = new TeiEmbeddingGeneratorOptions(server.Address);
        configure?.Invoke(options);
        return new TeiEmbeddingGenerator(server.Client, options);
    }
}
