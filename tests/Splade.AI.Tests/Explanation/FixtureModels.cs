using Splade.AI.Onnx;

namespace Splade.AI.Tests.Explanation;

/// <summary>The models of every architecture, tokenizer and pooling, and texts for them.</summary>
internal static class FixtureModels
{
    public static readonly string[] Names =
    [
        "random-bert-sum", "random-distilbert-cased", "random-roberta-bpe", "random-xlmr-unigram", "random-modernbert-bpe", "inference-free-idf",
    ];

    public static string Folder(string model) => Path.Combine(Repository.TestData, "models", model);

    /// <summary>One text in <paramref name="step"/> of those that the model's reference vectors are of.</summary>
    public static string[] Texts(string model, int step) =>
        [.. ReferenceVectors.Read(model + ".jsonl").Where((_, i) => i % step == 0).Select(line => line.Text)];

    /// <summary>Every model, with its logits computed everywhere they can be.</summary>
    public static TheoryData<string, string> AtEveryPlace()
    {
        var data = new TheoryData<string, string>();
        foreach (string model in Names)
        {
            foreach (DecoderPlace place in Enum.GetValues<DecoderPlace>())
            {
                data.Add(model, place.ToString());
            }
        }

        return data;
    }
}
