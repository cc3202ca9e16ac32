using Splade.AI;
using Splade.AI.Evaluation;

namespace Splade.Benchmarks.Searching;

/// <summary>A collection of real texts and queries, as vectors.</summary>
internal static class EncodedDataset
{
    public static (SparseVector[] Documents, SparseVector[] Queries) Read(string folder, string model)
    {
        EvaluationDataset data = EvaluationDataset.Open(folder);
        using SpladeEngine engine = SpladeEngine.CreateAsync(model).GetAwaiter().GetResult();
        return (Encode(data.ReadDocuments().Select(document => document.FullText), EmbeddingInputType.Document), Encode(data.Queries.Select(query => query.Text), EmbeddingInputType.Query));

        SparseVector[] Encode(IEnumerable<string> texts, EmbeddingInputType inputType) =>
            [.. engine.EncodeAsync([.. texts], new SpladeEncodingOptions { InputType = inputType }).GetAwaiter().GetResult().Select(encoding => encoding.Vector)];
    }
}
