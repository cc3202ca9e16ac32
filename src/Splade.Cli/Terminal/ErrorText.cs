using Splade.AI;
using Splade.AI.Hybrid;
using Splade.AI.Policy;

namespace Splade.Cli.Terminal;

/// <summary>Exceptions in the words of the command line: the library's messages advise whoever writes code.</summary>
internal static class ErrorText
{
    // What the library calls it, and what it is here. Longer names first.
    private static readonly (string Api, string Here)[] Words =
    [
        (", or set SpladeModelHubOptions.Download to true", ""),
        ("name one of them in SpladeModelHubOptions.ModelFile", "`splade pull` fetches none of these; download one and put it into a folder as onnx/model.onnx"),
        ("choose another of its files by SpladeModelHubOptions.ModelFile", "choose another model"),
        ("Offline, HF_HUB_OFFLINE", "--offline, HF_HUB_OFFLINE"),
        ("ExecutionProvider.Cpu", "--device cpu"),
        ("Set SpladeEngineOptions.Activation: Relu for", "Give --activation relu for"),
        ("Log1pRelu for those", "--activation log1p_relu for those"),
        ("goes to SpladeEngine", "goes to --model"),
        ("goes to DenseEmbeddingGenerator", "goes to --dense of `splade eval`"),
        ("goes to CrossEncoderReranker", "goes to `splade rerank`, or to --rerank of `splade serve`"),
        ("goes to Bm42EmbeddingGenerator", "goes to `splade encode`, `explain`, `eval` or `serve`"),
        ("goes to BgeM3Encoder", "goes to `splade encode`, `explain`, `eval` or `serve`"),
        ("goes to MiniCoilEncoder", "goes to MiniCoilEncoder of the library, and to no command"),
        ("BM25 is new Bm25EmbeddingGenerator(), and Bm25Options.ReadStopWords reads the lists", "give bm25 in the place of a folder"),
        ("Set CrossEncoderRerankerOptions.Label to", "Give --label"),
        ("The store is '", "--store is '"),
        ("The options ask for the LongTextHandling", "--long-text asks for"),
        ("WindowOverlap", "--overlap"),
        ("DocumentCeiling", "--ceiling"),
        ("QueryCeiling", "--ceiling"),
        ("by TopK", "by --max-active-dims"),
        ("MaxTokens", "--max-length"),
    ];

    public static string Of(Exception exception) => Words.Aggregate(
        Describe(exception), (message, word) => message.Replace(word.Api, word.Here, StringComparison.Ordinal));

    private static string Describe(Exception exception) => exception switch
    {
        ArgumentException { ParamName: string name } e => e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        CommandFailedException or SpladeModelException or VocabularyPolicyException or HybridStoreException => exception.Message,
        IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException or NotSupportedException => exception.Message,
        _ => $"Unexpected {exception.GetType().Name}: {exception.Message}",
    };
}
