namespace Splade.AI.Explanation;

/// <summary>Explains the vectors of a sparse encoder, whichever it is.</summary>
/// <remarks>
/// The sparse embedding generators of this library give it out as a service: <c>generator.GetService&lt;ISparseExplainer&gt;()</c>. It is valid as long
/// as the generator, and safe for concurrent use.
/// </remarks>
public interface ISparseExplainer
{
    /// <summary>Explains the vector of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">How it is encoded and what is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">The options ask for what the encoder does not have.</exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    Task<TextExplanation> ExplainAsync(string text, ExplanationOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Explains the score of a document for a query: what each term that they share brings.</summary>
    /// <param name="query">The query.</param>
    /// <param name="document">The document.</param>
    /// <param name="idf">
    /// Returns the inverse document frequency of a dimension, finite and not below 0, as the store that ranks has it; the weights of the query are multiplied
    /// by it. Null for none, and always null for an encoder whose weights need none (<see cref="SparseModelIdentity.RequiresIdf"/>).
    /// </param>
    /// <param name="options">How they are encoded and what is told; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The explanation.</returns>
    /// <exception cref="ArgumentException">
    /// The options ask for what the encoder does not have, an inverse document frequency is not such a number, or one is given to an encoder that needs none.
    /// </exception>
    /// <exception cref="TextTooLongException">A text is longer than is read, and <see cref="LongTextHandling.Throw"/> was asked for.</exception>
    /// <exception cref="ObjectDisposedException">The encoder has been disposed.</exception>
    Task<MatchExplanation> ExplainMatchAsync(
        string query,
        string document,
        Func<int, double>? idf = null,
        ExplanationOptions? options = null,
        CancellationToken cancellationToken = default);
}
