using System.Text.Json.Nodes;
using Splade.AI.Onnx;
using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.Engine;

/// <summary>A head with more columns than the tokenizer has tokens: those beyond have no token and are left out.</summary>
public sealed class PaddedHeadTests
{
    private const int Tokens = 30522;
    private const int Columns = 30528;
    private const string Pooling = "1_SpladePooling/config.json";

    [Theory]
    [InlineData(-100f, Columns)]
    [InlineData(-100f, null)]
    [InlineData(3f, Columns)]
    public async Task EncodeAsync_ColumnsBehindTheVocabulary_ChangeNothing(float constant, int? stated)
    {
        using TemporaryModel model = TemporaryModel.CopyOfSpladeTiny();
        Pad(model.PathOf("onnx/model.onnx"), constant);
        JsonNode config = JsonNode.Parse(File.ReadAllText(model.PathOf("config.json")))!;
        config["vocab_size"] = stated;
        model.Write("config.json", config.ToJsonString());
        model.Write(Pooling, $$"""{"pooling_strategy": "max", "activation_function": "relu", "embedding_dimension": {{stated?.ToString() ?? "null"}}}""");
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(model.Folder), original = await SpladeEngine.CreateAsync(EngineFixture.ModelFolder);
        string[] texts = ["Mars, the Red Planet", "bread"];
        IReadOnlyList<SpladeEncoding> padded = await engine.EncodeAsync(texts);
        foreach ((SpladeEncoding expected, SpladeEncoding found) in (await original.EncodeAsync(texts)).Zip(padded))
        {
            Assert.Equal(Tokens, found.Vector.Dimensions);
            ReferenceVectors.AssertSame(ReferenceVector.Of("padded", expected.Vector), found.Vector);
        }

        Assert.NotEmpty((await engine.ExplainAsync(texts[0])).Terms);
    }

    [Theory]
    [InlineData(nameof(DecoderPlace.Managed))]
    [InlineData(nameof(DecoderPlace.TiledGraph))]
    [InlineData(nameof(DecoderPlace.PlainGraph))]
    public async Task EncodeAsync_WiderDecoder_GivesTheVocabularysEntries(string place)
    {
        // The same model beside a tokenizer without its last tokens.
        const int Fewer = 2992;
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        JsonNode tokenizer = JsonNode.Parse(File.ReadAllText(model.PathOf("tokenizer.json")))!;
        JsonObject vocabulary = tokenizer["model"]!["vocab"]!.AsObject();
        foreach (string token in vocabulary.Where(t => t.Value!.GetValue<int>() >= Fewer).Select(t => t.Key).ToArray())
        {
            vocabulary.Remove(token);
        }

        model.Write("tokenizer.json", tokenizer.ToJsonString());
        var options = new SpladeEngineOptions(model.Folder) { DecoderPlace = Enum.Parse<DecoderPlace>(place) };
        await using SpladeEngine engine = await SpladeEngine.CreateAsync(options);
        ReferenceVector[] whole = [.. ReferenceVectors.Read("random-distilbert-cased.jsonl").Take(8)];
        IReadOnlyList<SpladeEncoding> found = await engine.EncodeAsync(whole.Select(e => e.Text));
        Assert.All(whole.Zip(found), pair => ReferenceVectors.AssertSame(Cut(pair.First, Fewer), pair.Second.Vector));
        Assert.All(found, e => Assert.Equal(Fewer, e.Vector.Dimensions));
    }

    [Fact]
    public async Task CreateAsync_HeadNarrowerThanTheTokenizer_IsRefused()
    {
        using TemporaryModel model = TemporaryModel.CopyOfDistilBert();
        model.AddSpecialToken(3000, "<new>");
        JsonNode config = JsonNode.Parse(File.ReadAllText(model.PathOf("config.json")))!;
        config["vocab_size"] = null;
        model.Write("config.json", config.ToJsonString());
        var error = await Assert.ThrowsAsync<SpladeModelException>(() => SpladeEngine.CreateAsync(model.Folder));
        Assert.Contains("rows of 3000 numbers, expected 3001", error.Message, StringComparison.Ordinal);
    }

    private static ReferenceVector Cut(ReferenceVector whole, int dimensions)
    {
        int kept = whole.Indices.Count(i => i < dimensions);
        return whole with { Indices = whole.Indices[..kept], Values = whole.Values[..kept] };
    }

    private static void Pad(string path, float constant)
    {
        byte[] padded;
        using (OnnxFile file = OnnxFile.Open(path))
        {
            var edit = new GraphEdit(file);
            string pads = edit.New.Integers(0, 0, 0, 0, 0, Columns - Tokens);
            string output = edit.New.Node("Pad", ["logits", pads, edit.New.Floats("constant", [], [constant])]);
            padded = edit.Finish(output, Columns, rank: 3, RewriteSettings.CarryAll).Model;
        }

        File.WriteAllBytes(path, padded);
    }
}
