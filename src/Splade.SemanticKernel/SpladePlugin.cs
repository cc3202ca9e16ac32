using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Microsoft.SemanticKernel;
using Splade.AI.Tools;

namespace Splade.SemanticKernel;

/// <summary>Encoding, explanation and search as a plugin of Semantic Kernel.</summary>
/// <remarks>
/// <para>
/// A view on <see cref="SpladeToolService"/>, as the functions of <see cref="SpladeAITools"/> are: safe for concurrent use, and what these say of
/// text from documents holds here too. Results are CLR types, for <c>kernel.InvokeAsync&lt;SpladeEncodeResult&gt;</c>; in a prompt template and
/// before a language model they are the compact JSON of these functions.
/// </para>
/// <para>
/// What only a developer can mend, such as the folder of a model that is not there, is a <see cref="KernelException"/> whose inner exception has
/// the reason. Its own message has none: a kernel that calls functions for a model hands that to the model.
/// </para>
/// <para>
/// <see cref="ToKernelPlugin"/>, which the extensions of a kernel builder use, binds arguments as models write them. A plugin that Semantic Kernel makes
/// of this object by itself (<c>AddFromObject</c>) works too, with the kernel's own, stricter binding and with the functions that search even where
/// there is nothing to search.
/// </para>
/// </remarks>
[Description(SpladeToolDescriptions.All)]
public sealed class SpladePlugin
{
    /// <summary>The name that the plugin has unless another is given.</summary>
    public const string DefaultName = "splade";

    private readonly SpladeToolService _service;

    /// <summary>Creates the plugin.</summary>
    /// <param name="service">What the functions do.</param>
    public SpladePlugin(SpladeToolService service)
    {
        ArgumentNullException.ThrowIfNull(service);
        _service = service;
    }

    /// <summary>Encodes a text and tells its heaviest terms.</summary>
    /// <inheritdoc cref="SpladeToolService.EncodeAsync"/>
    [KernelFunction(PluginFunction.Encode)]
    [Description(SpladeToolDescriptions.Encode)]
    [return: Description(PluginFunction.EncodeResult)]
    [SuppressMessage("Naming", "CA1707", Justification = "Models are shown this name, the same as by the functions of Splade.AI.")]
    public Task<SpladeEncodeResult> EncodeAsync(
        [Description(SpladeToolDescriptions.TextToEncode)] string text,
        [Description(SpladeToolDescriptions.HeaviestTerms)] int? top = null,
        [Description(SpladeToolDescriptions.InputType)] string input_type = "document",
        CancellationToken cancellationToken = default) => PluginCall.RunAsync(() => _service.EncodeAsync(text, top, input_type, cancellationToken));

    /// <summary>Scores a document for a query and tells why.</summary>
    /// <inheritdoc cref="SpladeToolService.ExplainAsync"/>
    [KernelFunction(PluginFunction.Explain)]
    [Description(SpladeToolDescriptions.Explain)]
    [return: Description(PluginFunction.ExplainResult)]
    public Task<SpladeExplainResult> ExplainAsync(
        [Description(SpladeToolDescriptions.Query)] string query,
        [Description(SpladeToolDescriptions.Document)] string document,
        [Description(SpladeToolDescriptions.LargestContributions)] int? top = null,
        CancellationToken cancellationToken = default) => PluginCall.RunAsync(() => _service.ExplainAsync(query, document, top, cancellationToken));

    /// <summary>Ranks texts for a query and tells why.</summary>
    /// <inheritdoc cref="SpladeToolService.CompareAsync"/>
    [KernelFunction(PluginFunction.Compare)]
    [Description(SpladeToolDescriptions.Compare)]
    [return: Description(PluginFunction.CompareResult)]
    public Task<SpladeCompareResult> CompareAsync(
        [Description(SpladeToolDescriptions.Query)] string query,
        [Description(SpladeToolDescriptions.Documents)] IReadOnlyList<string> documents,
        [Description(SpladeToolDescriptions.BestTexts)] int? top = null,
        CancellationToken cancellationToken = default) => PluginCall.RunAsync(() => _service.CompareAsync(query, documents, top, cancellationToken));

    /// <summary>Expands a query into words to search with.</summary>
    /// <inheritdoc cref="SpladeToolService.ExpandQueryAsync"/>
    [KernelFunction(PluginFunction.ExpandQuery)]
    [Description(SpladeToolDescriptions.ExpandQuery)]
    [return: Description(PluginFunction.ExpandQueryResult)]
    public Task<SpladeExpandResult> ExpandQueryAsync(
        [Description(SpladeToolDescriptions.Query)] string query,
        [Description(SpladeToolDescriptions.AddedWords)] int? top = null,
        CancellationToken cancellationToken = default) => PluginCall.RunAsync(() => _service.ExpandQueryAsync(query, top, cancellationToken));

    /// <summary>Searches the texts of the service's retriever.</summary>
    /// <inheritdoc cref="SpladeToolService.SearchAsync"/>
    [KernelFunction(PluginFunction.Search)]
    [Description(SpladeToolDescriptions.SearchOfUnknownCorpus)]
    [return: Description(PluginFunction.SearchResult)]
    public Task<SpladeSearchResult> SearchAsync(
        [Description(SpladeToolDescriptions.Wanted)] string query,
        [Description(SpladeToolDescriptions.BestPassages)] int? top = null,
        [Description(SpladeToolDescriptions.Mode)] string mode = "hybrid",
        CancellationToken cancellationToken = default) => PluginCall.RunAsync(() => _service.SearchAsync(query, top, mode, cancellationToken));

    /// <summary>Reads a text of the service's retriever.</summary>
    /// <inheritdoc cref="SpladeToolService.ReadPassageAsync"/>
    [KernelFunction(PluginFunction.ReadPassage)]
    [Description(SpladeToolDescriptions.ReadPassage)]
    [return: Description(PluginFunction.ReadPassageResult)]
    public Task<SpladePassageResult> ReadPassageAsync(
        [Description(SpladeToolDescriptions.PassageId)] string id,
        CancellationToken cancellationToken = default) => PluginCall.RunAsync(() => _service.ReadPassageAsync(id, cancellationToken));

    /// <summary>
    /// The functions <c>encode</c>, <c>explain</c>, <c>compare</c> and <c>expand_query</c>, and with a retriever <c>search</c> and
    /// <c>read_passage</c>, as a plugin for kernels.
    /// </summary>
    /// <remarks>
    /// Needs no reflection on types of results, so that it works in a program that is compiled ahead of time. Schemas have the limits of the service's
    /// options. Arguments may be sloppy, as models write them; what is missing or of another type comes back as an error with a hint.
    /// </remarks>
    /// <param name="pluginName">The name: ASCII letters, digits and underscores.</param>
    /// <exception cref="ArgumentException">The name is null, empty or has other characters.</exception>
    public KernelPlugin ToKernelPlugin(string pluginName = DefaultName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pluginName);
        KernelPlugin declared = KernelPluginFactory.CreateFromObject(this, SpladeAITools.JsonOptions, pluginName);
        return KernelPluginFactory.CreateFromFunctions(
            pluginName,
            declared.Description,
            PluginFunction.Of(_service).Select(function => function.Create(_service, declared[function.Name])));
    }
}
