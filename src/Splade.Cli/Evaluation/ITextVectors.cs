using Splade.AI.Search;

namespace Splade.Cli.Evaluation;

/// <summary>A model and the index of its vectors. Not safe for concurrent use.</summary>
internal interface ITextVectors : IDisposable
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>The model.</summary>
    string ModelName { get; }

    /// <summary>How many documents were longer than the model reads.</summary>
    int Truncated { get; }

    Task AddDocumentsAsync(string[] ids, string[] texts, CancellationToken cancellationToken);

    Task EncodeQueriesAsync(string[] texts, CancellationToken cancellationToken);

    /// <summary>The best documents for one of the encoded queries.</summary>
    IReadOnlyList<SearchHit<string>> Search(int query, int depth, CancellationToken cancellationToken);

    /// <summary>The score of a document for one of the encoded queries, exactly as a search gives it.</summary>
    float? Score(int query, string id);
}
