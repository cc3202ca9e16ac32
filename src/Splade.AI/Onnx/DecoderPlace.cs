using Splade.AI.Decoding;

namespace Splade.AI.Onnx;

/// <summary>Where the logits of a sparse model are computed and pooled.</summary>
internal enum DecoderPlace
{
    /// <summary>In managed code, from the hidden states: the fastest on processors that have what it takes.</summary>
    Managed,

    /// <summary>In the graph, rewritten to pool tile by tile: on graphics cards and other processors.</summary>
    TiledGraph,

    /// <summary>In the graph as it is: for models whose decoder is not recognised, and to compare with.</summary>
    PlainGraph,
}

/// <content>The choice.</content>
internal static class DecoderPlaces
{
    public static DecoderPlace For(OnnxDevice device) =>
        device == OnnxDevice.Cpu && PanelKernel.IsSupported ? DecoderPlace.Managed : DecoderPlace.TiledGraph;
}
