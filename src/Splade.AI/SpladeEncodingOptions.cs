namespace Splade.AI;

/// <summary>Options of one call to a <see cref="SpladeEngine"/>.</summary>
public sealed record SpladeEncodingOptions
{
    /// <summary>Whether the texts are queries or documents.</summary>
    /// <value>The default is <see cref="SpladeInputType.Document"/>.</value>
    public SpladeInputType InputType { get; init; }
}
