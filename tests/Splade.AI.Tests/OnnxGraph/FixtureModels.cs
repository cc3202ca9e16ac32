namespace Splade.AI.Tests.OnnxGraph;

/// <summary>The ONNX files that the tests meet, by their paths under the repository.</summary>
internal static class FixtureModels
{
    private const string Fixtures = "tests/Splade.AI.Tests/TestData/models";

    public const string Small = $"{Fixtures}/random-bert-sum/onnx/model.onnx";

    public const string SpladeTiny = "models/splade-tiny/onnx/model.onnx";

    /// <summary>Every ONNX file of the repository.</summary>
    public static IEnumerable<string> All => new[] { "models", Fixtures }
        .SelectMany(f => Directory.GetFiles(Path.Combine(Repository.Root, f), "*.onnx", SearchOption.AllDirectories))
        .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'));

    /// <summary>Those with logits from a float decoder: path, hidden size, vocabulary, whether the weight is stored in rows of the vocabulary.</summary>
    public static TheoryData<string, int, int, bool> WithDecoder => new()
    {
        { SpladeTiny, 128, 30522, true },
        { Small, 32, 3000, false },
        { $"{Fixtures}/random-bert-sum/onnx/model_dynamo.onnx", 32, 3000, true },
        { $"{Fixtures}/random-distilbert-cased/onnx/model.onnx", 32, 3000, false },
        { $"{Fixtures}/random-distilbert-cased/onnx/model_dynamo.onnx", 32, 3000, true },
        { $"{Fixtures}/random-roberta-bpe/onnx/model.onnx", 32, 3000, false },
        { $"{Fixtures}/random-roberta-bpe/onnx/model_dynamo.onnx", 32, 3000, true },
        { $"{Fixtures}/random-xlmr-unigram/onnx/model.onnx", 32, 2992, false },
        { $"{Fixtures}/random-modernbert-bpe/onnx/model.onnx", 32, 3000, false },
        { $"{Fixtures}/inference-free-idf/document_0_Transformer/onnx/model.onnx", 32, 3000, false },
    };

    /// <summary>Those without: path, vocabulary, a part of the reason.</summary>
    public static TheoryData<string, int, string> WithoutDecoder => new()
    {
        { $"{Fixtures}/random-bert-sum/onnx/model_qint8_avx512_vnni.onnx", 3000, "its decoder is quantised (MatMulInteger)" },
        { $"{Fixtures}/random-distilbert-cased/onnx/model_qint8_avx512_vnni.onnx", 3000, "its decoder is quantised (MatMulInteger)" },
        { $"{Fixtures}/random-roberta-bpe/onnx/model_qint8_avx512_vnni.onnx", 3000, "its decoder is quantised (MatMulInteger)" },
        { $"{Fixtures}/random-distilbert-cased/onnx/contract_pooled.onnx", 3000, "it pools inside the model: its output 'sparse_embedding' has 2 dimensions" },
        { $"{Fixtures}/random-distilbert-cased/onnx/contract_pooled_raw.onnx", 3000, "it pools inside the model" },
        { $"{Fixtures}/random-distilbert-cased/onnx/contract_indices_weights.onnx", 3000, "it pools inside the model" },
        { $"{Fixtures}/random-distilbert-cased/onnx/contract_hidden_states.onnx", 3000, "has 32 numbers for each token" },
        { "models/all-minilm-l6-v2-int8/onnx/model.onnx", 30522, "384 numbers for each token" },
        { Small, 2999, "has 3000 numbers for each token, not one for each of the 2999 entries" },
    };

    public static string PathOf(string model) => Path.Combine(Repository.Root, model.Replace('/', Path.DirectorySeparatorChar));
}
