using Splade.AI;

namespace Splade.Testing;

/// <summary>A reranker whose logit is what a callback makes of query and text.</summary>
public sealed class TestReranker(Func<string, string, float> logit) : IReranker
{
    /// <summary>The texts of each call.</summary>
    public List<string[]> Calls { get; } = [];

    /// <summary>Changes the results before they are returned.</summary>
    public Func<IReadOnlyList<RerankResult>, IReadOnlyList<RerankResult>> Change { get; set; } = results => results;

    public Task<IReadOnlyList<RerankResult>> RerankAsync(
        string query, IReadOnlyList<string> texts, RerankOptions? options = null, CancellationToken cancellationToken = default)
    {
        Calls.Add([.. texts]);
        IEnumerable<RerankResult> results = texts
            .Select((text, i) => new RerankResult(i, logit(query, text) / 10, logit(query, text), Truncated: false))
            .OrderByDescending(result => result.Logit);
        return Task.FromResult(Change([.. results]));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
