namespace Splade.AI.Tools;

/// <summary>A function of <see cref="SpladeToolService"/>.</summary>
public enum SpladeTool
{
    /// <summary><see cref="SpladeToolService.EncodeAsync"/>, with <c>text</c>, <c>top</c> and <c>input_type</c>.</summary>
    Encode,

    /// <summary><see cref="SpladeToolService.ExplainAsync"/>, with <c>query</c>, <c>document</c> and <c>top</c>.</summary>
    Explain,

    /// <summary><see cref="SpladeToolService.CompareAsync"/>, with <c>query</c>, <c>documents</c> and <c>top</c>.</summary>
    Compare,

    /// <summary><see cref="SpladeToolService.ExpandQueryAsync"/>, with <c>query</c> and <c>top</c>.</summary>
    ExpandQuery,

    /// <summary><see cref="SpladeToolService.SearchAsync"/>, with <c>query</c>, <c>top</c> and <c>mode</c>.</summary>
    Search,

    /// <summary><see cref="SpladeToolService.ReadPassageAsync"/>, with <c>id</c>.</summary>
    ReadPassage,
}
